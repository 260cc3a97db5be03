from difflib import SequenceMatcher
from pathlib import PurePosixPath

from django import template
from django.template import Context
from django.utils.translation import get_language
from wagtail.models import Page

from iom.core.models import slug_of
from iom.navigation.visibility import visible

register = template.Library()

SHOWN = 4
NEAR = 30  # pages before and after, in the order of their slugs, which are indexed
SHORTEST = 4  # letters: shorter words say nothing about the page
ALIKE = 0.6  # of 1, where no word is the same
_LONGEST = 255


@register.simple_tag(takes_context=True)
def likely_pages(context: Context) -> list[Page]:
    """Pages whose slug is similar to the end of an address that does not exist, in the language of the address.

    Three indexed queries.
    """
    asked = slug_of(PurePosixPath(context["request"].path[-_LONGEST:]).stem)
    if not _words(asked):
        return []
    after = Page.objects.filter(slug__gte=asked).order_by("slug").values_list("pk", flat=True)
    before = Page.objects.filter(slug__lt=asked).order_by("-slug").values_list("pk", flat=True)
    near = visible(
        Page.objects.filter(pk__in=[*after[:NEAR], *before[:NEAR]], locale__language_code=get_language(), depth__gt=2)
    )
    scores = {page: _likeness(asked, page.slug) for page in near.only("title", "slug", "url_path")}
    return sorted((page for page in scores if scores[page] >= ALIKE), key=scores.__getitem__, reverse=True)[:SHOWN]


def _likeness(asked: str, slug: str) -> float:
    """The number of common words, plus the similarity of the slugs from 0 to 1."""
    return len(_words(asked) & _words(slug)) + SequenceMatcher(None, asked, slug).ratio()


def _words(slug: str) -> set[str]:
    return {word for word in slug.split("-") if len(word) >= SHORTEST}
