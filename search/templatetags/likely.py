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
NEAR = 30  # pages on either side, in the order of their slugs, which is an index
SHORTEST = 4  # letters of a word: less tells nothing of what was meant
ALIKE = 0.6  # of 1, where no word is the same
_LONGEST = 255


@register.simple_tag(takes_context=True)
def likely_pages(context: Context) -> list[Page]:
    """Pages whose slug is much like the end of an address that does not exist, in the language of the address.

    Three queries by index, whatever the number of pages.
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
    """How many words the two share, and for the rest, how alike they are, from 0 to 1."""
    return len(_words(asked) & _words(slug)) + SequenceMatcher(None, asked, slug).ratio()


def _words(slug: str) -> set[str]:
    return {word for word in slug.split("-") if len(word) >= SHORTEST}
