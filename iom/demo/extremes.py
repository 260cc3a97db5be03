"""The page `/-/style/extremes/` with extreme content that examples lack. Development only (iom.demo.urls).

The browser tests and `make screenshots` use the same page.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from wagtail.blocks import Block
from wagtail.models import Locale

from iom.contacts.models import ContactCard, Office
from iom.core.blocks import BodyBlock
from iom.demo.style import LONG_WORD, render_in_language
from iom.listing.reading import latest
from iom.media.models import SiteImage

CARDS, PICTURES, CONTACTS, QUOTATIONS = 60, 12, 10, 3
ROWS, COLUMNS = 40, 12
FIGURES = ((1, "%"), (123456789, "km²"), (-2, ""))


def extremes(request: HttpRequest) -> HttpResponse:
    return render_in_language(request, "demo/extremes.html", _get_context)


def _get_context() -> dict[str, object]:
    articles = latest(Locale.get_active(), "type", ["newsarticle"], 6)
    body = BodyBlock()
    return {
        "long_word": LONG_WORD,
        "body": body.normalize(_build_blocks(body.child_blocks)),
        "articles": (articles * CARDS)[:CARDS],
        "contacts": [
            _build_contact(office, number) for office in Office.objects.all()[:1] for number in range(CONTACTS)
        ],
    }


def _build_blocks(blocks: dict[str, Block]) -> list[tuple[str, Any]]:
    quote, figures, gallery = (dict(blocks[name].get_preview_value()) for name in ("quote", "key_figures", "gallery"))
    figure = dict(figures["figures"][0])
    numbers = [figure | {"number": number, "unit": unit} for number, unit in FIGURES]
    picture = {"image": SiteImage.objects.first(), "alt": LONG_WORD, "caption": f"{LONG_WORD} {LONG_WORD}"}
    return [
        ("heading", LONG_WORD),
        ("table", _build_table(3, ROWS)),
        *[("quote", quote | {"text": f"{quote['text']} {LONG_WORD}."})] * QUOTATIONS,
        ("table", _build_table(COLUMNS, 3)),
        ("key_figures", figures | {"figures": numbers}),
        ("gallery", gallery | {"pictures": [picture] * PICTURES}),
    ]


def _build_table(columns: int, rows: int) -> dict[str, Any]:
    return {
        "columns": [
            {"type": "text", "heading": f"{LONG_WORD[:9]} {number} " + "mots " * (20 // columns)}
            for number in range(columns)
        ],
        "rows": [
            {"values": [LONG_WORD[:30], *(f"{(row + 1) * number * 1237:,}" for number in range(1, columns))]}
            for row in range(rows)
        ],
        "caption": f"{LONG_WORD} {columns}",
    }


def _build_contact(office: Office, number: int) -> ContactCard:
    email = f"{LONG_WORD.lower()}.{number}@example.org"
    name = f"Camille {LONG_WORD}"
    return ContactCard(office, email, office.phone, name, LONG_WORD, [code for code, _name in settings.LANGUAGES])
