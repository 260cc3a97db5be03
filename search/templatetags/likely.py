from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from pathlib import PurePosixPath

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse
from wagtail.models import Page

from iom.core.models import slug_of
from iom.listing.models import Entry, EntryQuerySet
from iom.listing.reading import shown
from iom.maps.places import places
from iom.names import interface_language
from iom.navigation.translation_tree import HOME_DEPTH
from search.filters import clean_text
from search.names import country_names
from search.suggesting import Suggestion

register = template.Library()

SHOWN = 4
NEAR = 30  # pages before and after, in the order of their slugs, which are indexed
SHORTEST = 4  # letters: shorter words say nothing about the page
ALIKE = 0.6  # of 1, where no word is the same
_LONGEST = 255


@register.simple_tag(takes_context=True)
def search_asked(context: Context) -> str:
    """What was searched for, where a page of its results does not exist; empty elsewhere."""
    request = context["request"]
    return clean_text(request.GET.get("q", "")) if request.path == reverse("search") else ""


@register.simple_tag(takes_context=True)
def likely_pages(context: Context) -> list[Suggestion]:
    """What may have been meant by an address that does not exist, in the language of the address.

    The page of the country that the end of the address names in any language; translations of the page that has this
    end in another language; pages whose end is similar. Four indexed queries.
    """
    asked = slug_of(PurePosixPath(context["request"].path[-_LONGEST:]).stem)
    if not asked:
        return []
    found = [*_countries(asked), *_translations(asked), *_similar(asked)]
    return list(dict.fromkeys(found))[:SHOWN]


def _countries(asked: str) -> Iterator[Suggestion]:
    code = _codes().get(asked)
    for place in places(interface_language()) if code else ():
        if place.code == code:
            yield Suggestion(place.short_name, place.url)


@cache
def _codes() -> dict[str, str]:
    """The code of each country by the ends of addresses that name it."""
    return {
        slug_of(name): code
        for language in dict(settings.LANGUAGES)
        for code, called in country_names(language).items()
        for name in called
    }


def _translations(asked: str) -> Iterator[Suggestion]:
    """Of pages that visitors may see themselves: the slug of a draft leads nowhere."""
    texts = shown().filter(page__slug=asked).values("translation_key")
    for entry in _of_this_language().filter(translation_key__in=texts)[:SHOWN]:
        yield _suggestion(entry)


def _similar(asked: str) -> Iterator[Suggestion]:
    if not _words(asked):
        return
    after = Page.objects.filter(slug__gte=asked).order_by("slug").values_list("pk", flat=True)
    before = Page.objects.filter(slug__lt=asked).order_by("-slug").values_list("pk", flat=True)
    near = _of_this_language().filter(pk__in=[*after[:NEAR], *before[:NEAR]])
    scores = {entry: _likeness(asked, PurePosixPath(entry.url_path).name) for entry in near}
    alike = (entry for entry in scores if scores[entry] >= ALIKE)
    yield from map(_suggestion, sorted(alike, key=scores.__getitem__, reverse=True)[:SHOWN])


def _of_this_language() -> EntryQuerySet:
    return shown().filter(locale__language_code=interface_language(), depth__gt=HOME_DEPTH)


def _suggestion(entry: Entry) -> Suggestion:
    return Suggestion(entry.title, entry.url_path)


def _likeness(asked: str, slug: str) -> float:
    """The number of common words, plus the similarity of the slugs from 0 to 1."""
    return len(_words(asked) & _words(slug)) + SequenceMatcher(None, asked, slug).ratio()


def _words(slug: str) -> set[str]:
    return {word for word in slug.split("-") if len(word) >= SHORTEST}
