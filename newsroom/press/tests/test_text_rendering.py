"""The plain text of an article at its own address."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from iom.demo.articles import PRIVATE_PASSWORD
from iom.tests.addresses import LANGUAGES, article
from iom.tests.factories import ArticleFactory
from iom.translation.tests.desk import body, republish, translated
from newsroom.models import NewsArticle
from newsroom.press import contents
from search import engine

pytestmark = pytest.mark.django_db


def address(of: NewsArticle) -> str:
    with translation.override(of.locale.language_code):
        return of.text_url


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_has_its_text_at_an_address_of_its_own(visitor, language):
    one = article("canada-25000-syrian-refugees", language)
    assert f'href="{address(one)}"' in visitor.get(one.url).content.decode()
    response = visitor.get(address(one))
    text = response.content.decode()
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["Link"] == f'<{one.full_url}>; rel="canonical"'
    assert response.headers["X-Robots-Tag"] == "noindex"
    assert response.headers["Content-Language"] == language
    for part in (one.title, one.summary, one.place, "John McCallum", "press.cairo@example.org", "25", one.full_url):
        assert part in text
    assert "<" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_block_that_says_something_is_in_the_text(visitor, language):
    text = visitor.get(address(article("every-block", language))).content.decode()
    said = {
        "fr": [
            "4\N{NARROW NO-BREAK SPACE}200",
            "- Deux kilomètres",
            "river-port.mp4",
            "Qui entretient le port",
            "https://www.un.org/ar/",
            "/documents/",
        ],
        "en": ["4,200", "- Two kilometres", "river-port.mp4", "https://www.un.org/ar/", "/documents/"],
    }[language]
    for words in said:
        assert words in text, words


def test_corrections_are_said_above_the_text(visitor):
    one = article("mobile-clinics-bogota", "en")
    text = visitor.get(address(one)).content.decode()
    correction = one.corrections.first().text.split()[0:4]
    assert text.index(" ".join(correction)) < text.index(one.place)


def states() -> dict[str, NewsArticle]:
    now = timezone.now()
    past = now - timedelta(seconds=1)
    return {
        "draft": ArticleFactory(live=False),
        "unpublished": article("haiti-shelter-managers", "fr"),
        "expired": ArticleFactory(expire_at=past),
        "embargoed": ArticleFactory(live=False, go_live_at=now + timedelta(days=1)),
    }


def test_what_is_not_published_has_no_text(visitor):
    for name, one in states().items():
        response = visitor.get(address(one))
        assert response.status_code == 404, name
        assert one.title not in response.content.decode(), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_text_of_a_private_article_asks_for_its_password_as_the_article_does(visitor, language):
    one = article("border-posts-review", language)
    response = visitor.get(address(one))
    assert 'type="password"' in response.content.decode()
    assert one.summary not in response.content.decode()
    form = response.context
    answer = {"password": PRIVATE_PASSWORD, "return_url": address(one)}
    opened = visitor.post(form["action_url"], answer, follow=True)
    assert opened.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert one.title in opened.content.decode()


def test_the_password_form_leads_to_the_same_text_in_the_other_language():
    one = article("border-posts-review", "fr")
    with translation.override("fr"):
        here = one.text_url.removeprefix(one.url)
        there = one.sub_route_in("en", here)
    assert one.get_translations().get(locale__language_code="en").url + there == address(
        article("border-posts-review", "en")
    )
    assert one.sub_route_in("en", "") == ""


def test_a_former_contact_is_not_named_in_the_text(visitor):
    for language in LANGUAGES:
        text = visitor.get(address(article("seasonal-workers-guide", language))).content.decode()
        assert "former@example.org" not in text
        assert "@" in text


def test_no_page_exists_below_the_plain_text(visitor):
    assert visitor.get(f"{address(article('canada-25000-syrian-refugees', 'fr'))}x/").status_code == 404


def test_the_press_is_told_that_the_original_has_changed_in_text_and_archive(visitor):
    original = republish(ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.")))
    english = NewsArticle(title="Title", summary="Summary.", body=body("One."))
    _state, page = translated(original, english)
    notice = f"The original has changed since this translation. {original.full_url}"
    assert notice not in visitor.get(address(page)).content.decode()
    before = contents.collect(NewsArticle.objects.get(pk=page.pk)).digest

    original.body = body("Autre chose.")
    republish(original)

    assert notice in visitor.get(address(page)).content.decode()
    with translation.override("en"):
        after = contents.collect(NewsArticle.objects.get(pk=page.pk))
    assert notice in after.text
    assert after.digest != before  # an archive that does not say it is made again
    assert notice not in visitor.get(address(original)).content.decode()


def test_a_correction_is_called_what_the_site_calls_it(visitor):
    one = article("mobile-clinics-bogota", "fr")
    assert "Rectificatif du " in visitor.get(address(one)).content.decode()


def test_the_mark_of_a_note_and_a_power_are_no_digits_of_the_number(visitor):
    text = (
        "In 2025, 10,000<sup>1</sup> people sent 5 × 10<sup>6</sup> francs (10<sup><b>−3</b></sup> each) "
        "on 1<sup>er</sup> mars, with less CO<sub>2</sub>.<sup>(2)</sup>"
    )
    one = republish(ArticleFactory(title="Des francs", summary="Résumé.", body=body(text)))
    said = visitor.get(address(one)).content.decode()
    assert "In 2025, 10,000¹ people sent 5 × 10⁶ francs (10⁻³ each) on 1er mars, with less CO₂.⁽²⁾" in said
    assert "Des francs" in [found.title for found in engine.search("fr", "10 000 francs")]
