"""Links between pages, to the translation in the reader's language."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language
from wagtail.models import Page

from iom.caching.version import kept
from iom.navigation.translation_tree import section_pages, sections


@dataclass(frozen=True)
class Link:
    """A page in the reader's language."""

    title: str
    url: str


def with_translations(pks: Collection[int]) -> dict[int, Page]:
    """The pages of `pks` by primary key, each with its `texts`: itself and its translations, as in a translation tree.

    A query where articles are among them.
    """
    known = _sections()
    if others := {pk for pk in pks if pk not in known}:
        known = known | _with_texts(Page.objects.filter(pk__in=others).order_by())
    return {pk: known[pk] for pk in pks if pk in known}


@kept
def _sections() -> dict[int, Page]:
    return _with_texts(section_pages())


def _with_texts(chosen: QuerySet[Page]) -> dict[int, Page]:
    keys, known = chosen.values("translation_key"), sections()
    groups: dict[UUID, list[Page]] = defaultdict(list)
    for page in Page.objects.filter(translation_key__in=keys).select_related("locale").order_by():
        groups[page.translation_key].append(page)
    for pages in groups.values():
        texts = known.of(pages)
        for page in pages:
            page.texts = texts
    return {page.pk: page for pages in groups.values() for page in pages}


def link_to(page: Page) -> Link | None:
    """A link to the page's text in the interface's language; None where a visitor may not see it."""
    language = get_language()
    for text in page.texts:
        if text.language == language and text.visible:
            return Link(text.title, text.url)
    return None


def in_current_language(pks: Iterable[int]) -> dict[int, Link]:
    """Links in the interface's language to the pages of `pks` that have one, in their order."""
    pks = list(dict.fromkeys(pks))
    pages = with_translations(pks) if pks else {}
    links = {pk: link_to(page) for pk, page in pages.items()}
    return {pk: link for pk, link in links.items() if link}
