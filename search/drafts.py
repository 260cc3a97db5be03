"""The search of the admin: in titles, in published texts, and in the drafts of pages that the user may edit."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import translation
from wagtail.models import Page
from wagtail.permissions import policy_registry

from iom.core.admin_visibility import ACTIONS
from iom.listing.models import Entry
from iom.publishing.batches import rewrite
from iom.users.models import User
from search.engine import non_news
from search.expressions import All, any_of
from search.filters import clean_text
from search.fulltext import latest_drafts, latest_hits
from search.index import BATCH, token_columns
from search.models import Draft, Tokens
from search.parsing import parse

MAX_PAGES = 300  # of each kind: by title, by published text, by published text of non-news, by draft

_FIELDS = ["revision", *(field.name for field in Tokens._meta.fields)]


def write(page: Any) -> None:
    """Indexes `page`, which has to be the object of its latest revision."""
    language = page.locale.language_code
    with translation.override(language):
        columns = token_columns(page.get_search_content(), language)
    row = Draft(page_id=page.pk, revision=page.latest_revision_id, **columns)
    Draft.objects.bulk_create([row], update_conflicts=True, unique_fields=["page"], update_fields=_FIELDS)


def search(pages: QuerySet[Any], text: str, user: User | AnonymousUser) -> QuerySet[Any]:
    """Returns those of `pages` that contain `text`, or whose titles have words that begin like its words.

    Matches by title come first, then the latest change. An empty `text` returns all of `pages`, a long one is cut. The
    user has to be allowed to see all of `pages`; drafts match only if the user has a permission on the page. At most
    MAX_PAGES of each kind are compared.
    """
    text = clean_text(text)
    if not text:
        return pages
    words = " ".join(re.findall(r"\w+", text))  # a quotation mark would be a syntax error on SQLite
    titles = [page.pk for page in Page.objects.only("pk").autocomplete(words)[:MAX_PAGES]] if words else []
    others: set[int] = set()
    languages = list(dict(settings.LANGUAGES))
    queries = (parse(text, language, record_names=()) for language in languages)
    if expressions := [query.expression for query in queries if query.terms]:
        theirs = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, ACTIONS)
        all_words, no_news = any_of(expressions), any_of([non_news(language) for language in languages])
        for hits in latest_hits([(all_words, MAX_PAGES), (All((all_words, no_news)), MAX_PAGES)]):
            others.update(hit.page for hit in hits)
        others.update(latest_drafts(all_words, theirs, MAX_PAGES))
    by_title = Case(When(pk__in=titles, then=Value(0)), default=Value(1))
    return pages.filter(pk__in=[*titles, *others]).order_by(by_title, "-latest_revision", "-pk")


def _pages_with_drafts() -> QuerySet[Page]:
    """Pages that are not listed, or whose latest revision is not published."""
    published = Entry.objects.filter(pk=OuterRef("pk"))
    pages = Page.objects.filter(latest_revision__isnull=False)
    return pages.filter(Q(has_unpublished_changes=True) | ~Exists(published)).order_by("pk")


def rebuild() -> None:
    """Indexes all drafts again, since the text analysis may have changed."""
    rewrite(_write_latest, _pages_with_drafts().values_list("pk", flat=True), BATCH)


def _write_latest(keys: Collection[int]) -> None:
    for page in Page.objects.filter(pk__in=keys).specific():
        write(page.get_latest_revision_as_object())


def differences() -> Iterator[str]:
    """Yields a message for each page whose latest revision is not indexed."""
    written = Draft.objects.filter(page=OuterRef("pk"), revision=OuterRef("latest_revision"))
    for key in _pages_with_drafts().exclude(Exists(written)).values_list("pk", flat=True):
        yield f"The draft of page {key} is not searched."
