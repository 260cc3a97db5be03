"""Links from one page to the translation of another in the reader's language."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language
from wagtail.models import Page

from iom.navigation.translation_tree import TreePage, sections


@dataclass(frozen=True)
class Link:
    """A page in the reader's language."""

    title: str
    url: str


def with_translations(pks: Collection[int]) -> dict[int, Page]:
    """Returns the pages of `pks` by primary key. `texts` of each has the page and its translations, as in a tree.

    One query.
    """
    keys, known = Page.objects.filter(pk__in=pks).order_by().values("translation_key"), sections()
    groups: dict[UUID, list[Page]] = defaultdict(list)
    for page in Page.objects.filter(translation_key__in=keys).select_related("locale").order_by():
        groups[page.translation_key].append(page)
    for pages in groups.values():
        texts = known.texts_of(pages)
        for page in pages:
            page.texts = texts
    found = {page.pk: page for pages in groups.values() for page in pages}
    return {pk: found[pk] for pk in pks if pk in found}


def link_to(texts: Iterable[TreePage]) -> Link | None:
    """Returns a link to the text in the interface's language, or None if a visitor may not see it."""
    language = get_language()
    for text in texts:
        if text.language == language and text.visible:
            return Link(text.title, text.url)
    return None


def in_current_language(pks: Iterable[int]) -> dict[int, Link]:
    """Returns links in the interface's language to the pages of `pks` that have one, in this order.

    One query if articles are among them, else none.
    """
    pks = list(dict.fromkeys(pks))
    if not pks:
        return {}
    known = {page.pk: texts for texts in sections().by_text.values() for page in texts}
    if others := [pk for pk in pks if pk not in known]:
        known |= {pk: page.texts for pk, page in with_translations(others).items()}
    links = {pk: link_to(known[pk]) for pk in pks if pk in known}
    return {pk: link for pk, link in links.items() if link}
