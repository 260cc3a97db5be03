"""Querysets of the original articles that a user may see, and the state of each article for columns and filters."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import pgettext_lazy
from wagtail.models import Page, Revision, WorkflowState
from wagtail.permissions import policy_registry

from iom.caching.version import cached_per_version
from iom.core.admin_visibility import correlated_keys
from iom.editorial.bounded_listings import MAX_COUNTED
from iom.translation.models import JointPublication, TranslationState
from iom.withdrawal.models import WithdrawnText
from newsroom.explorer import with_workflow_states
from newsroom.models import NewsArticle

# Without parameters, like the condition of its index
_UNFINISHED = "{page}.has_unpublished_changes OR NOT {page}.live"


def explorable_by(user: Any) -> QuerySet[NewsArticle]:
    """Returns the originals that the user may see in the admin, drafts included; no aliases and no translations."""
    articles = _originals()
    policy = policy_registry.get_by_type(Page)
    if not policy.can_view_all(user):
        articles = articles.filter(pk__in=correlated_keys(policy.explorable_instances(user)))
    return articles


def _originals() -> QuerySet[NewsArticle]:
    is_translation = TranslationState.objects.filter(page=OuterRef("pk"), translation__enabled=True)
    articles = NewsArticle.objects.filter(~Exists(is_translation))
    if connection.vendor == "postgresql":
        return articles.filter(alias_of=None)
    return articles.alias(source=Coalesce("alias_of", 0)).filter(source=0)  # as in `filter_by_values`


def filter_by_values(articles: QuerySet[Any], field: str, values: Any, empty: Any) -> QuerySet[Any]:
    """Filters by the values of a field. `empty` replaces NULL.

    With Coalesce, SQLite does not use the index of the field: it would have to sort all the rows that it finds there.
    PostgreSQL gets a plain condition, for which it has statistics.
    """
    if connection.vendor == "postgresql":
        return articles.filter(**{f"{field}__in": values})
    return articles.alias(**{f"of_{field}": Coalesce(field, empty)}).filter(**{f"of_{field}__in": values})


def prefetch_for_listing(articles: Any) -> Any:
    """Adds the language, the last editor and the data of `get_status`. The number of queries is constant."""
    editors = Revision.objects.select_related("user").defer("content")
    return (
        with_workflow_states(articles.defer_streamfields())
        .annotate_approved_schedule()
        .annotate(is_withdrawn=_withdrawn())
        .prefetch_related("locale", Prefetch("latest_revision", editors))
    )


class State(models.TextChoices):
    """The states of an article; the first that applies counts."""

    SCHEDULED = "scheduled", pgettext_lazy("article", "Scheduled")
    IN_REVIEW = "in-review", pgettext_lazy("article", "In review")
    CHANGED = "changed", pgettext_lazy("article", "Published, with changes")
    PUBLISHED = "published", pgettext_lazy("article", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("article", "Withdrawn")
    UNPUBLISHED = "unpublished", pgettext_lazy("article", "Unpublished")
    DRAFT = "draft", pgettext_lazy("article", "Draft")


class Status(NamedTuple):
    """The state of an article. `at` is the time of its scheduled publication, if one is set."""

    state: State
    at: datetime | None


def scheduled_times() -> dict[int, datetime | None]:
    """Returns the time of publication of each scheduled page, by key.

    A page that waits for its translations has its deadline, or None without one. There are few such pages: a query
    with their keys is faster than a join.
    """
    held = dict(JointPublication.objects.values_list("page", "due_at"))
    times = Revision.page_revisions.filter(approved_go_live_at__gt=_FIRST).values_list(
        "object_id", "approved_go_live_at"
    )
    return held | {int(key): at for key, at in times}


_FIRST = datetime(1970, 1, 1, tzinfo=UTC)  # earlier than any schedule; with “is not null”, SQLite would use no index


def _in_review() -> Exists:
    key = Cast(OuterRef("pk"), models.CharField())
    of_pages = WorkflowState.objects.filter(base_content_type=ContentType.objects.get_for_model(Page))
    return Exists(of_pages.filter(object_id=key, status=WorkflowState.STATUS_IN_PROGRESS))


def _withdrawn() -> Exists:
    return Exists(WithdrawnText.objects.filter(page=OuterRef("pk")))


def unfinished(articles: QuerySet[Any]) -> QuerySet[Any]:
    """Returns the articles whose latest revision is not published."""
    return articles.extra(where=[f"({_UNFINISHED.format(page=Page._meta.db_table)})"])  # noqa: S610  (a name alone)


def not_submitted(articles: QuerySet[Any], language: str) -> QuerySet[Any]:
    """Returns the articles that nobody has submitted for translation into the language.

    Only unfinished articles and the few published ones from `_published_and_not_submitted` are compared.
    """
    found = _not_submitted(articles, language)
    published = _published_and_not_submitted(language)
    if len(published) > MAX_COUNTED:
        return found
    if not published:
        return unfinished(found)
    page = Page._meta.db_table
    unfinished_pages = _UNFINISHED.format(page=page)
    if connection.vendor == "postgresql":  # it would read all pages for a union
        keys = ", ".join(map(str, published))
        return found.extra(where=[f"({unfinished_pages} OR {page}.id IN ({keys}))"])  # noqa: S610  (keys alone)
    rows = ", ".join(f"({key})" for key in published)
    union = f"SELECT id FROM {page} WHERE {unfinished_pages} UNION ALL VALUES {rows}"  # noqa: S608  (keys alone)
    return found.filter(pk__in=RawSQL(union, ()))  # noqa: S611  (keys alone)


@cached_per_version
def _published_and_not_submitted(language: str) -> list[int]:
    """Returns the keys of at most MAX_COUNTED + 1 published articles that nobody has submitted.

    Nearly all published articles have been submitted. To find the others, the query reads every article, once after
    each change of the site.
    """
    published = _originals().filter(live=True)
    return list(_not_submitted(published, language).values_list("pk", flat=True)[: MAX_COUNTED + 1])


def _not_submitted(articles: QuerySet[Any], language: str) -> QuerySet[Any]:
    into = TranslationState.objects.filter(locale__language_code=language, translation__enabled=True)
    return articles.exclude(locale__language_code=language).filter(~Exists(into.filter(original=OuterRef("pk"))))


def filter_by_state(articles: QuerySet[Any], state: State) -> QuerySet[Any]:
    """Returns the articles for which `get_status` returns this state."""
    if state != State.PUBLISHED and state != State.SCHEDULED:
        articles = unfinished(articles)
    if state == State.SCHEDULED:
        return articles.filter(pk__in=scheduled_times())
    articles = articles.exclude(pk__in=scheduled_times())
    if state == State.IN_REVIEW:
        return articles.filter(_in_review())
    never_published = Q(live=False, first_published_at__isnull=True)
    conditions = {
        State.CHANGED: Q(live=True, has_unpublished_changes=True),
        State.PUBLISHED: Q(live=True, has_unpublished_changes=False),
        State.WITHDRAWN: Q(live=False) & Q(_withdrawn()),
        State.UNPUBLISHED: Q(live=False) & ~never_published & ~Q(_withdrawn()),
        State.DRAFT: never_published,
    }
    return articles.filter(~_in_review(), conditions[state])


def get_status(article: Any, times: dict[int, datetime | None]) -> Status:
    """Returns the state of an article from `prefetch_for_listing`, without a query. `times` is `scheduled_times()`."""
    if article.pk in times:
        return Status(State.SCHEDULED, times[article.pk])
    review = article.current_workflow_state
    if review is not None and review.status == WorkflowState.STATUS_IN_PROGRESS:
        return Status(State.IN_REVIEW, None)
    if article.is_withdrawn:
        return Status(State.WITHDRAWN, None)
    if article.live:
        return Status(State.CHANGED if article.has_unpublished_changes else State.PUBLISHED, None)
    return Status(State.UNPUBLISHED if article.first_published_at else State.DRAFT, None)


def add_statuses(articles: list[Any], times: dict[int, datetime | None]) -> None:
    """Sets `status` on each article."""
    for article in articles:
        article.status = get_status(article, times)
