"""Template tags of the page for addresses that do not exist: suggestions of likely pages."""

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

MAX_SUGGESTIONS = 4
NEIGHBOURS = 30  # pages before and after in the order of slugs, which are indexed
MIN_WORD_LENGTH = 4  # letters; shorter words do not identify a page
MIN_LIKENESS = 0.6  # of slugs without a common word, from 0 to 1
_MAX_SLUG_LENGTH = 255


@register.simple_tag(takes_context=True)
def search_query(context: Context) -> str:
    """Returns the search text if a page of search results does not exist, else ""."""
    request = context["request"]
    return clean_text(request.GET.get("q", "")) if request.path == reverse("search") else ""


@register.simple_tag(takes_context=True)
def likely_pages(context: Context) -> list[Suggestion]:
    """Returns suggestions for an address that does not exist, in the language of the address.

    The slug of the last part of the address that has one is compared with country names in any language, with slugs of
    pages in other languages (their translations are suggested), and with similar slugs. Four indexed queries.
    """
    slug = _last_slug(context["request"].path)
    if not slug:
        return []
    found = [*_countries(slug), *_translations(slug), *_similar(slug)]
    return list(dict.fromkeys(found))[:MAX_SUGGESTIONS]


def _last_slug(path: str) -> str:
    """Returns the slug of the last part that has one: whoever copies an address often copies the `)` after it too."""
    slugs = (slug_of(PurePosixPath(part).stem) for part in reversed(path[-_MAX_SLUG_LENGTH:].split("/")))
    return next(filter(None, slugs), "")


def _countries(slug: str) -> Iterator[Suggestion]:
    code = _country_codes_by_slug().get(slug)
    for place in places(interface_language()) if code else ():
        if place.code == code:
            yield Suggestion(place.short_name, place.url)


@cache
def _country_codes_by_slug() -> dict[str, str]:
    """Returns the code of each country by the slugs of its names."""
    return {
        slug_of(name): code
        for language in dict(settings.LANGUAGES)
        for code, called in country_names(language).items()
        for name in called
    }


def _translations(slug: str) -> Iterator[Suggestion]:
    """Yields translations of public pages only, so that the slug of a draft leads nowhere."""
    texts = shown().filter(page__slug=slug).values("translation_key")
    for entry in _of_this_language().filter(translation_key__in=texts)[:MAX_SUGGESTIONS]:
        yield _suggestion(entry)


def _similar(slug: str) -> Iterator[Suggestion]:
    if not _words(slug):
        return
    after = Page.objects.filter(slug__gte=slug).order_by("slug").values_list("pk", flat=True)
    before = Page.objects.filter(slug__lt=slug).order_by("-slug").values_list("pk", flat=True)
    near = _of_this_language().filter(pk__in=[*after[:NEIGHBOURS], *before[:NEIGHBOURS]])
    scores = {entry: _likeness(slug, PurePosixPath(entry.url_path).name) for entry in near}
    alike = (entry for entry in scores if scores[entry] >= MIN_LIKENESS)
    yield from map(_suggestion, sorted(alike, key=scores.__getitem__, reverse=True)[:MAX_SUGGESTIONS])


def _of_this_language() -> EntryQuerySet:
    return shown().filter(locale__language_code=interface_language(), depth__gt=HOME_DEPTH)


def _suggestion(entry: Entry) -> Suggestion:
    return Suggestion(entry.title, entry.url_path)


def _likeness(one: str, other: str) -> float:
    """Returns the number of common words, plus the similarity of the slugs from 0 to 1."""
    return len(_words(one) & _words(other)) + SequenceMatcher(None, one, other).ratio()


def _words(slug: str) -> set[str]:
    return {word for word in slug.split("-") if len(word) >= MIN_WORD_LENGTH}
