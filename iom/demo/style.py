"""The page `/-/style/` with every component and state, for developers. Development only (iom.demo.urls)."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from wagtail.models import Locale

from aboutus.models import StructurePage
from aboutus.models.structure import Post
from iom.contacts.models import PressContact, cards
from iom.core.blocks import BodyBlock
from iom.countries import REGION_NAMES
from iom.listing.reading import latest

LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk"
_COLOUR = re.compile(r"--([\w-]+): #")


def style(request: HttpRequest) -> HttpResponse:
    return render_in_language(request, "demo/style.html", _get_context)


def render_in_language(request: HttpRequest, template: str, context: Callable[[], dict[str, object]]) -> HttpResponse:
    """Renders the page in the language of `?language=`, else of the browser."""
    language = request.GET.get("language")
    with translation.override(language if language in dict(settings.LANGUAGES) else translation.get_language()):
        return render(request, template, context())


def _get_context() -> dict[str, object]:
    articles = latest(Locale.get_active(), "type", ["newsarticle"], 6)
    if articles:
        articles[-1].title = f"{LONG_WORD} {articles[-1].title}"
    body = BodyBlock()
    previews = [(name, block.get_preview_value()) for name, block in body.child_blocks.items()]
    blocks = [(child.block.label, child) for child in body.normalize(previews)]
    quote = body.child_blocks["quote"]
    arabic = quote.normalize(quote.get_preview_value() | {"text": "كل يوم خطوة إلى الأمام.", "language": "ar"})
    contacts = list(PressContact.objects.all()[:3])
    return {
        "colours": _read_colours(),
        "blocks": blocks,
        "arabic_quote": quote.bind(arabic),
        "articles": articles,
        "cards": cards(contacts),
        "chart": _build_chart(),
        "middle_page": Paginator(range(60), 20).page(2),
        "regions_chosen": ["africa", "asia"],
        "regions": list(REGION_NAMES.items()),
    }


def _read_colours() -> list[str]:
    """Returns the names of the colours in static/css/tokens.css, in its order."""
    text = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text("utf-8")
    return list(dict.fromkeys(_COLOUR.findall(text)))


def _build_chart() -> list[Post]:
    """Returns posts of every status on four levels."""

    def post(status: StructurePage.Status, name: str = "", reports: list[Post] | None = None) -> Post:
        page: Any = SimpleNamespace(  # in place of a StructurePage
            title=str(StructurePage._meta.verbose_name).capitalize(),
            url_path="#chart",
            status=status.value,
            get_status_display=status.label,
            holder_name=name,
            portrait=None,
        )
        return Post(page, reports or [])

    held, acting, vacant = StructurePage.Status
    fourth = [post(held, "Alix Exemple")]
    third = [post(vacant), post(held, "Claude Exemple", fourth)]
    return [post(held, "Camille Exemple", [post(acting, "Dominique Exemple", third), post(vacant)])]
