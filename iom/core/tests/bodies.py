"""One block of each kind with words in a language, and with what is the same in every language.

`words(name)` gives the text at that place in the language of the body; `same(one, other)` gives `one`, or `other` where the
body is to differ in what translators must not touch.
"""

from wagtail.models import Page

from iom.contacts.models import PressContact
from iom.media.models import SiteDocument, SiteImage
from newsroom.models import NewsArticle


def _items(*values):
    return [{"type": "item", "value": value, "id": f"item-{number}"} for number, value in enumerate(values)]


def _paragraph(words, same):
    return f"<p>{words('beginning')} <b>{words('middle')}</b></p><ul><li>{words('point')}</li></ul>"


def _heading(words, same):
    return words("heading")


def _quote(words, same):
    return {
        "text": words("quotation"),
        "speaker": same("Mohammed", "Someone else"),
        "role": words("role"),
        "name_changed": same(True, False),
        "language": same("ar", "sw"),
    }


def _contact_box(words, same):
    contacts = PressContact.objects.order_by("pk")
    return {"contacts": _items(same(contacts[0].pk, contacts[1].pk)), "media_only": same(True, False)}


def _picture(words, same, number=0):
    images = SiteImage.objects.order_by("pk")
    return {
        "image": same(images[number].pk, images[number + 5].pk),
        "decorative": same(False, True),
        "alt": words(f"alternative {number}"),
        "caption": words(f"caption {number}"),
    }


def _gallery(words, same):
    return {"title": words("title"), "pictures": _items(_picture(words, same, 0), _picture(words, same, 1))}


def _video(words, same):
    images, documents = SiteImage.objects.order_by("pk"), SiteDocument.objects.order_by("pk")
    return {
        "title": words("title"),
        "url": same("https://media.example.org/one.mp4", "https://media.example.org/other.mp4"),
        "poster": same(images[0].pk, images[1].pk),
        "captions": same(documents[0].pk, documents[1].pk),
        "transcript": f"<p>{words('transcript')}</p>",
    }


def _documents(words, same):
    documents = SiteDocument.objects.order_by("pk")
    item = {"document": same(documents[0].pk, documents[1].pk), "label": words("label")}
    return {"title": words("title"), "items": _items(item)}


def _links(words, same):
    item = {
        "url": same("https://one.example.org/", "https://other.example.org/"),
        "label": words("label"),
        "language": same("en", "ar"),
    }
    return {"title": words("title"), "items": _items(item)}


def _key_figures(words, same):
    figure = {
        "number": same("25000", "3.5"),
        "unit": words("unit"),
        "label": words("label"),
        "source": words("source"),
        "source_url": same("https://one.example.org/", "https://other.example.org/"),
        "date": same("2016-02-29", "2020-01-01"),
        "is_year": same(False, True),
    }
    return {"title": words("title"), "figures": _items(figure)}


def _callout(words, same):
    return {"title": words("title"), "text": f"<p>{words('text')}</p>"}


def _table(words, same):
    rows = [[words("first cell"), words("second cell")], ["", words("last cell")]]
    return {
        "columns": [
            {"type": "text", "heading": words("first heading")},
            {"type": "text", "heading": words("second heading")},
        ],
        "rows": [{"values": row} for row in rows],
        "caption": words("table caption"),
    }


def _related_pages(words, same):
    pages = Page.objects.filter(depth=3, locale__language_code="fr").order_by("pk")
    return {"title": words("title"), "pages": _items(same(pages[0].pk, pages[1].pk))}


def _map(words, same):
    return {"title": words("title"), "region": same("africa", "europe")}


# The kinds of blocks, how each is made, and the places of its words in their order.
KINDS = {
    "paragraph": (_paragraph, ["beginning", "middle", "point"]),
    "heading": (_heading, ["heading"]),
    "quote": (_quote, ["quotation", "role"]),
    "contact_box": (_contact_box, []),
    "picture": (_picture, ["alternative 0", "caption 0"]),
    "gallery": (_gallery, ["title", "alternative 0", "caption 0", "alternative 1", "caption 1"]),
    "video": (_video, ["title", "transcript"]),
    "documents": (_documents, ["title", "label"]),
    "links": (_links, ["title", "label"]),
    "key_figures": (_key_figures, ["title", "unit", "label", "source"]),
    "callout": (_callout, ["title", "text"]),
    "table": (
        _table,
        ["first heading", "second heading", "first cell", "second cell", "last cell", "table caption"],
    ),
    "related_pages": (_related_pages, ["title"]),
    "map": (_map, ["title"]),
}


def texts(kind, language):
    """The words that the block of that kind has in that language."""
    return [f"{name} in {language}" for name in KINDS[kind][1]]


def body(kind, language, other=False):
    """StreamField data: one block, with its words in `language`; with `other`, all else differs."""
    make, _names = KINDS[kind]
    value = make(lambda name: f"{name} in {language}", lambda one, another: another if other else one)
    return [{"type": kind, "value": value, "id": "the-only-block"}]


def article(kind, language, other=False):
    """An article that consists of such a block, not yet in the tree."""
    return NewsArticle(
        title=f"title in {language}", summary=f"summary in {language}", body=body(kind, language, other)
    )


def stored(page):
    """The value of the block as the database keeps it."""
    (only,) = page.body.get_prep_value()
    return only["value"]
