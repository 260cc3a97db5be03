"""Published texts that cannot be translated yet: the section above them has no translation to put theirs under."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from wagtail.models import Locale, Page

from iom.translation.models import Original

SHOWN = 5


@dataclass(frozen=True)
class Unplaced:
    """How many there are for a language, and the first of them."""

    language: str
    pages: list[Page]
    total: int


def without_a_place(languages: list[Locale]) -> list[Unplaced]:
    """One for each language that has any; two queries a language at most."""
    found = []
    for locale in languages:
        texts = _texts(locale)
        total = texts.count()
        if total:
            pages = [original.page for original in texts.select_related("page").order_by("pk")[:SHOWN]]
            found.append(Unplaced(locale.get_display_name(), pages, total))
    return found


def _texts(locale: Locale) -> QuerySet[Any]:
    published = Original.objects.filter(page__live=True).exclude(locale=locale)
    return published.exclude(translations__locale=locale)
