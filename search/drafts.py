"""The search of the admin: titles, what is published, and the drafts of the pages that a user may work on."""

import re
from collections.abc import Collection, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import translation
from wagtail.models import Page
from wagtail.permissions import policy_registry

from iom.core.titles import ACTIONS
from iom.listing.models import Entry
from iom.publishing.batches import rewrite
from iom.users.models import User
from search.engine import standing
from search.expressions import All, any_of
from search.fulltext import latest, latest_drafts
from search.index import BATCH, tokens_of
from search.models import Draft, Tokens
from search.parsing import parse

MOST = 300  # pages by their titles, by what is published, by what of it is no news, and by their drafts

_FIELDS = ["revision", *(field.name for field in Tokens._meta.fields)]


def write(page: Any) -> None:
    """Writes what `page` says, as it stands in its latest revision."""
    language = page.locale.language_code
    with translation.override(language):
        columns = tokens_of(page.searched(), language)
    row = Draft(page_id=page.pk, revision=page.latest_revision_id, **columns)
    Draft.objects.bulk_create([row], update_conflicts=True, unique_fields=["page"], update_fields=_FIELDS)


def search(pages: QuerySet[Any], text: str, user: User | AnonymousUser) -> QuerySet[Any]:
    """Those of `pages` that say `text`, or whose titles begin its words: these first, then the latest change first.

    All of `pages` where nothing is searched for. The user may know that all of them are there; of drafts, only those
    count on which the user has a permission. However many there are, MOST are compared of each kind.
    """
    if not text.strip():
        return pages
    words = " ".join(re.findall(r"\w+", text))  # a quotation mark would be a syntax error on SQLite
    titles = [page.pk for page in Page.objects.only("pk").autocomplete(words)[:MOST]] if words else []
    others: set[int] = set()
    languages = list(dict(settings.LANGUAGES))
    queries = (parse(text, language, known=()) for language in languages)
    if expressions := [query.expression for query in queries if query.terms]:
        theirs = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, ACTIONS)
        all_words, no_news = any_of(expressions), any_of([standing(language) for language in languages])
        for hits in latest([(all_words, MOST), (All((all_words, no_news)), MOST)]):
            others.update(hit.page for hit in hits)
        others.update(latest_drafts(all_words, theirs, MOST))
    by_title = Case(When(pk__in=titles, then=Value(0)), default=Value(1))
    return pages.filter(pk__in=[*titles, *others]).order_by(by_title, "-latest_revision", "-pk")


def _hidden() -> QuerySet[Page]:
    """The pages that readers do not see as their editors do."""
    published = Entry.objects.filter(pk=OuterRef("pk"))
    pages = Page.objects.filter(latest_revision__isnull=False)
    return pages.filter(Q(has_unpublished_changes=True) | ~Exists(published)).order_by("pk")


def rebuild() -> None:
    """Writes all drafts again: words may be read in another way than when they were written."""
    rewrite(_write_latest, _hidden().values_list("pk", flat=True), BATCH)


def _write_latest(keys: Collection[int]) -> None:
    for page in Page.objects.filter(pk__in=keys).specific():
        write(page.get_latest_revision_as_object())


def differences() -> Iterator[str]:
    """Each page whose latest revision is not found."""
    written = Draft.objects.filter(page=OuterRef("pk"), revision=OuterRef("latest_revision"))
    for key in _hidden().exclude(Exists(written)).values_list("pk", flat=True):
        yield f"The draft of page {key} is not searched."
