from difflib import SequenceMatcher
from pathlib import PurePosixPath

from django import template
from django.template import Context
from django.utils.translation import get_language
from wagtail.models import Page

from iom.core.models import slug_of
from iom.listing.models import Entry
from iom.listing.reading import shown
from iom.navigation.translation_tree import HOME_DEPTH

register = template.Library()

SHOWN = 4
NEAR = 30  # pages before and after, in the order of their slugs, which are indexed
SHORTEST = 4  # letters: shorter words say nothing about the page
ALIKE = 0.6  # of 1, where no word is the same
_LONGEST = 255


@register.simple_tag(takes_context=True)
def likely_pages(context: Context) -> list[Entry]:
    """Pages whose slug is similar to the end of an address that does not exist, in the language of the address.

    Three indexed queries.
    """
    asked = slug_of(PurePosixPath(context["request"].path[-_LONGEST:]).stem)
    if not _words(asked):
        return []
    after = Page.objects.filter(slug__gte=asked).order_by("slug").values_list("pk", flat=True)
    before = Page.objects.filter(slug__lt=asked).order_by("-slug").values_list("pk", flat=True)
    near = shown().filter(
        pk__in=[*after[:NEAR], *before[:NEAR]], locale__language_code=get_language(), depth__gt=HOME_DEPTH
    )
    scores = {entry: _likeness(asked, PurePosixPath(entry.url_path).name) for entry in near}
    return sorted((entry for entry in scores if scores[entry] >= ALIKE), key=scores.__getitem__, reverse=True)[:SHOWN]


def _likeness(asked: str, slug: str) -> float:
    """The number of common words, plus the similarity of the slugs from 0 to 1."""
    return len(_words(asked) & _words(slug)) + SequenceMatcher(None, asked, slug).ratio()


def _words(slug: str) -> set[str]:
    return {word for word in slug.split("-") if len(word) >= SHORTEST}
