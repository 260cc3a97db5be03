"""Links between pages, to the translation in the reader's language."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Page

from iom.navigation.visibility import is_private, is_published


@dataclass(frozen=True)
class Link:
    """A page in the reader's language."""

    title: str
    url: str


def with_translations(pks: Iterable[int]) -> dict[int, Page]:
    """The pages of `pks` by primary key, each with its `texts`: itself and its translations, in one query.

    `published` and `private` say whether a visitor may know of a text.
    """
    keys = Page.objects.filter(pk__in=set(pks)).values("translation_key")
    pages = Page.objects.filter(translation_key__in=keys).select_related("locale")
    texts: dict[UUID, list[Page]] = defaultdict(list)
    for page in pages.annotate(published=Q(is_published()), private=is_private()):
        texts[page.translation_key].append(page)
        page.texts = texts[page.translation_key]
    by_key = {page.pk: page for group in texts.values() for page in group}
    return {pk: by_key[pk] for pk in pks if pk in by_key}


def link_to(page: Page) -> Link | None:
    """A link to the page's text in the interface's language; None where a visitor may not see it."""
    language = get_language()
    for text in page.texts:
        if text.locale.language_code == language and text.published and not text.private:
            return Link(text.title, text.url_path)
    return None


def in_current_language(pks: Iterable[int]) -> dict[int, Link]:
    """Links in the interface's language to the pages of `pks` that have one, in their order; one query."""
    pks = list(dict.fromkeys(pks))
    pages = with_translations(pks) if pks else {}
    links = {pk: link_to(page) for pk, page in pages.items()}
    return {pk: link for pk, link in links.items() if link}
