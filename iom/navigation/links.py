"""Links between pages, each to the page in the reader's language or to nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Page

from iom.navigation.visibility import is_private, is_published


@dataclass(frozen=True)
class Link:
    """A page in the reader's language."""

    title: str
    url: str


def in_current_language(pks: Iterable[int]) -> dict[int, Link]:
    """For each page of `pks`, in their order, the page in the interface's language; one query.

    Those that a visitor may not see in that language are left out.
    """
    pks = list(dict.fromkeys(pks))
    if not pks:
        return {}
    keys = Page.objects.filter(pk__in=pks).values("translation_key")
    rows = list(
        Page.objects.filter(translation_key__in=keys)
        .annotate(published=Q(is_published()), private=is_private())
        .values_list("pk", "translation_key", "locale__language_code", "title", "url_path", "published", "private")
    )
    language = get_language()
    links = {row[1]: Link(row[3], row[4]) for row in rows if row[2] == language and row[5] and not row[6]}
    keys_of = {row[0]: row[1] for row in rows}
    return {pk: links[keys_of[pk]] for pk in pks if keys_of.get(pk) in links}
