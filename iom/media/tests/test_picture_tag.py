"""The HTML of `{% picture %}`, for a visitor and for an editor."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from html5lib import parseFragment
from PIL import Image

from iom.media import renditions
from iom.media.models import Rendition, SiteImage
from iom.media.pictures import USES
from iom.media.tests import pictures
from iom.tests.addresses import LANGUAGES, page
from iom.tests.factories import ArticleFactory


def new_image(size=(1700, 1100), *, prepared=True):
    image = SiteImage(title="Picture", file=pictures.upload(pictures.encoded(image=Image.new("RGB", size, "red"))))
    image.save()
    if prepared:
        renditions.prepare(image)
    return SiteImage.objects.get(pk=image.pk)


def html(tag, image, *, is_preview=False, **context):
    request = RequestFactory().get("/")
    request.is_preview = is_preview
    template = Template("{% load pictures %}" + tag)
    return template.render(Context({"image": image, "request": request, **context})).strip()


def elements(text):
    """Name and attributes of every element."""
    fragment = parseFragment(text, namespaceHTMLElements=False)
    return [(element.tag, element.attrib) for element in fragment.iter() if element.tag != "DOCUMENT_FRAGMENT"]


def test_a_picture_comes_in_three_formats_and_in_the_widths_of_its_use(db, django_assert_num_queries):
    image = new_image()
    with django_assert_num_queries(0):
        text = html('{% picture image "lead" alt="A queue" %}', image)

    (picture, _), (avif, avif_attributes), (webp, webp_attributes), (img, attributes) = elements(text)
    assert (picture, avif, webp, img) == ("picture", "source", "source", "img")
    assert (avif_attributes["type"], webp_attributes["type"]) == ("image/avif", "image/webp")
    for each, ending in ((avif_attributes, ".avif"), (webp_attributes, ".webp"), (attributes, ".jpg")):
        candidates = [candidate.split(" ") for candidate in each["srcset"].split(", ")]
        assert [width for _url, width in candidates] == ["480w", "720w", "1080w", "1600w"]
        assert all(url.startswith("/media/images/") and url.endswith(ending) for url, _width in candidates)
        assert each["sizes"] == USES["lead"].sizes
    assert attributes["src"] in attributes["srcset"]
    assert int(attributes["width"]) / int(attributes["height"]) == pytest.approx(1700 / 1100, abs=0.01)
    assert attributes["alt"] == "A queue"


def test_a_picture_is_loaded_when_the_reader_comes_near_but_the_first_at_once(db):
    image = new_image((300, 200))
    _tag, lazy = elements(html('{% picture image "card" alt="" %}', image))[-1]
    _tag, first = elements(html('{% picture image "hero" alt="" fetchpriority="high" %}', image))[-1]

    assert (lazy["loading"], lazy.get("fetchpriority")) == ("lazy", None)
    assert (first.get("loading"), first["fetchpriority"]) == (None, "high")


def test_where_a_format_has_one_file_there_is_nothing_to_choose(db):
    _picture, (_avif, avif), (_webp, webp), (_img, img) = elements(
        html('{% picture image "row" alt="" %}', new_image())
    )

    assert (avif["srcset"].rpartition(".")[2], webp["srcset"].rpartition(".")[2]) == ("avif", "webp")
    assert (img["width"], img["height"]) == ("480", "320")
    assert not {"srcset", "sizes"} & set(img)


def test_a_decorative_picture_has_an_empty_alternative_text_and_words_are_escaped(db):
    image = new_image((300, 200))

    assert ' alt=""' in html('{% picture image "text" alt="A queue" decorative=True %}', image)
    assert ' alt="&lt;b&gt; &quot;"' in html('{% picture image "text" alt=words %}', image, words='<b> "')


def test_the_largest_file_in_the_format_of_every_program(db):
    image = new_image()

    text = '{% picture_file image "social" as file %}{{ file.url }} {{ file.width }} {{ file.height }}'
    url, width, height = html(text, image).split()
    assert url.endswith(".jpg")
    assert (width, height) == ("1200", "630")
    assert html('{% picture_file image "lead" as file %}{{ file.width }}', image) == "1600"
    assert html('{% picture_file image "lead" as file %}{{ file }}', None) == "None"


@pytest.mark.parametrize(
    ("use", "shape"), [("lead", "0 0 1600 1035"), ("card", "0 0 720 480"), ("portrait", "0 0 288 288")]
)
def test_a_picture_that_waits_is_a_box_of_its_shape_that_says_what_it_is(db, django_assert_num_queries, use, shape):
    image = new_image(prepared=False)
    with django_assert_num_queries(0):
        text = html(f'{{% picture image "{use}" alt="A queue" %}}', image)
        assert html(f'{{% picture_file image "{use}" as file %}}{{{{ file }}}}', image) == "None"

    assert f'viewBox="{shape}"' in text
    assert 'role="img" aria-label="A queue"' in text
    assert " style" not in text
    assert 'aria-hidden="true"' in html(f'{{% picture image "{use}" alt="" %}}', image)


def test_an_editor_sees_a_new_picture_in_the_preview_at_once(db):
    image = new_image((300, 200), prepared=False)

    assert "<picture>" in html('{% picture image "text" alt="" %}', image, is_preview=True)
    image.refresh_from_db()
    assert image.prepared_for == "", "what other uses need is left to the background process"
    assert renditions.prepare(image)


def test_an_editor_sees_the_box_of_a_picture_that_cannot_be_rendered(db):
    image = new_image((300, 200), prepared=False)
    image.file.storage.delete(image.file.name)

    assert "picture-waiting" in html('{% picture image "text" alt="" %}', image, is_preview=True)


def rendered(answer):
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["home", "article with every block", "post"])
def test_a_visitor_who_comes_before_the_pictures_are_prepared_makes_none(visitor, name, language):
    Rendition.objects.all().delete()
    SiteImage.objects.update(rendition_map={}, prepared_for="")

    text = rendered(visitor.get(page(name, language).url))

    assert "picture-waiting" in text or name == "post"
    assert "/media/images/" not in text
    assert not Rendition.objects.exists()
    assert not SiteImage.objects.exclude(prepared_for="").exists()


def test_an_article_shows_its_picture_and_gives_networks_another(visitor):
    image = new_image()
    article = ArticleFactory(lead_picture=image, picture_alt="Une file d’attente")

    text = rendered(visitor.get(article.url))

    card = image.rendition_map["fill-1200x630|format-jpeg"][0]
    assert f'<meta property="og:image" content="https://www.example.org/media/{card}">' in text
    assert text.count(f"https://www.example.org/media/{card}") == 2  # and in what the page says in JSON-LD
    attributes = next(attributes for tag, attributes in elements(text) if attributes.get("fetchpriority"))
    assert (attributes["alt"], attributes["fetchpriority"]) == ("Une file d’attente", "high")


def test_each_picture_of_a_gallery_leads_to_its_largest_file(visitor):
    article = page("article with every block", "fr")
    for block in article.body:
        if block.block_type == "gallery":
            shown = [picture["image"] for picture in block.value["pictures"]]
    SiteImage.objects.filter(pk__in=[image.pk for image in shown]).update(
        rendition_map={
            f"{filter_}|format-{format_}": [
                f"images/{filter_}.{format_}",
                int(filter_.split("-")[1].split("x")[0]),
                100,
            ]
            for filter_ in (*USES["lead"].filters, *USES["gallery"].filters)
            for format_ in ("avif", "webp", "jpeg")
        }
    )

    text = rendered(visitor.get(article.url))

    links = [attributes["href"] for tag, attributes in elements(text) if attributes.get("class") == "gallery-open"]
    assert links == ["/media/images/width-1600.jpeg"] * len(shown)
