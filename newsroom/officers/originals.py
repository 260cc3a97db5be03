"""The originals that a user may know of, and the state of each, asked of the database for columns and filters."""

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

from iom.caching.version import kept
from iom.core.titles import among
from iom.editorial.bounded import MOST
from iom.translation.models import JointPublication, TranslationState
from iom.withdrawal.models import WithdrawnText
from newsroom.explorer import with_workflow_states
from newsroom.models import NewsArticle

_UNFINISHED = "{page}.has_unpublished_changes OR NOT {page}.live"  # as that of an index has it: without a parameter


def known_to(user: Any) -> QuerySet[NewsArticle]:
    """The articles that the user may know of, drafts included, without aliases and without translations."""
    articles = _originals()
    policy = policy_registry.get_by_type(Page)
    if not policy.knows_all(user):
        articles = articles.filter(pk__in=among(policy.explorable_instances(user)))
    return articles


def _originals() -> QuerySet[NewsArticle]:
    is_translation = TranslationState.objects.filter(page=OuterRef("pk"), translation__enabled=True)
    articles = NewsArticle.objects.filter(~Exists(is_translation))
    if connection.vendor == "postgresql":
        return articles.filter(alias_of=None)
    return articles.alias(source=Coalesce("alias_of", 0)).filter(source=0)  # as `having`


def having(articles: QuerySet[Any], field: str, values: Any, empty: Any) -> QuerySet[Any]:
    """Those with one of the values. `empty`: in the place of none.

    Written so that SQLite reads the latest, and does not sort all that it finds in the index of the field. PostgreSQL
    knows how many these are, if it is asked plainly.
    """
    if connection.vendor == "postgresql":
        return articles.filter(**{f"{field}__in": values})
    return articles.alias(**{f"of_{field}": Coalesce(field, empty)}).filter(**{f"of_{field}__in": values})


def for_rows(articles: Any) -> Any:
    """With the language, the last editor and what `stand` asks for, in as many queries for one as for all."""
    editors = Revision.objects.select_related("user").defer("content")
    return (
        with_workflow_states(articles.defer_streamfields())
        .annotate_approved_schedule()
        .annotate(is_withdrawn=_withdrawn())
        .prefetch_related("locale", Prefetch("latest_revision", editors))
    )


class State(models.TextChoices):
    """The first of them that is true of an article."""

    SCHEDULED = "scheduled", pgettext_lazy("article", "Scheduled")
    IN_REVIEW = "in-review", pgettext_lazy("article", "In review")
    CHANGED = "changed", pgettext_lazy("article", "Published, with changes")
    PUBLISHED = "published", pgettext_lazy("article", "Published")
    WITHDRAWN = "withdrawn", pgettext_lazy("article", "Withdrawn")
    UNPUBLISHED = "unpublished", pgettext_lazy("article", "Unpublished")
    DRAFT = "draft", pgettext_lazy("article", "Draft")


class Stand(NamedTuple):
    """The state of an article. `at`: when it will be published, where a time is set."""

    state: State
    at: datetime | None


def scheduled() -> dict[int, datetime | None]:
    """The pages with a time of publication; those held until their translation is ready have none, or the latest.

    They are few, so that their keys make quicker queries than their tables do.
    """
    held = dict(JointPublication.objects.values_list("page", "due_at"))
    times = Revision.page_revisions.filter(approved_go_live_at__gt=_FIRST).values_list(
        "object_id", "approved_go_live_at"
    )
    return held | {int(key): at for key, at in times}


_FIRST = datetime(1970, 1, 1, tzinfo=UTC)  # before any time that is set: “is not null” would find no index on SQLite


def _in_review() -> Exists:
    key = Cast(OuterRef("pk"), models.CharField())
    of_pages = WorkflowState.objects.filter(base_content_type=ContentType.objects.get_for_model(Page))
    return Exists(of_pages.filter(object_id=key, status=WorkflowState.STATUS_IN_PROGRESS))


def _withdrawn() -> Exists:
    return Exists(WithdrawnText.objects.filter(page=OuterRef("pk")))


def unfinished(articles: QuerySet[Any]) -> QuerySet[Any]:
    """Those that are not published as they were last saved."""
    return articles.extra(where=[f"({_UNFINISHED.format(page=Page._meta.db_table)})"])  # noqa: S610  (a name alone)


def not_submitted(articles: QuerySet[Any], language: str) -> QuerySet[Any]:
    """Those without a translation into the language, looked for among the few that may have none."""
    found = _not_submitted(articles, language)
    published = _published_and_not_submitted(language)
    if len(published) > MOST:
        return found
    if not published:
        return unfinished(found)
    page = Page._meta.db_table
    unfinished_pages = _UNFINISHED.format(page=page)
    if connection.vendor == "postgresql":  # would read all pages for a union
        keys = ", ".join(map(str, published))
        return found.extra(where=[f"({unfinished_pages} OR {page}.id IN ({keys}))"])  # noqa: S610  (keys alone)
    rows = ", ".join(f"({key})" for key in published)
    union = f"SELECT id FROM {page} WHERE {unfinished_pages} UNION ALL VALUES {rows}"  # noqa: S608  (keys alone)
    return found.filter(pk__in=RawSQL(union, ()))  # noqa: S611  (keys alone)


@kept
def _published_and_not_submitted(language: str) -> list[int]:
    """Nearly all that is published has been submitted: to find out what has not, every article is read, after each
    change of the site. No more than one above MOST."""
    published = _originals().filter(live=True)
    return list(_not_submitted(published, language).values_list("pk", flat=True)[: MOST + 1])


def _not_submitted(articles: QuerySet[Any], language: str) -> QuerySet[Any]:
    into = TranslationState.objects.filter(locale__language_code=language, translation__enabled=True)
    return articles.exclude(locale__language_code=language).filter(~Exists(into.filter(original=OuterRef("pk"))))


def in_state(articles: QuerySet[Any], state: State) -> QuerySet[Any]:
    """Those of the articles of which `stand` says so."""
    if state != State.PUBLISHED and state != State.SCHEDULED:
        articles = unfinished(articles)
    if state == State.SCHEDULED:
        return articles.filter(pk__in=scheduled())
    articles = articles.exclude(pk__in=scheduled())
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


def stand(article: Any, times: dict[int, datetime | None]) -> Stand:
    """The state of an article of `for_rows`, without a query; `times` is `scheduled()`."""
    if article.pk in times:
        return Stand(State.SCHEDULED, times[article.pk])
    review = article.current_workflow_state
    if review is not None and review.status == WorkflowState.STATUS_IN_PROGRESS:
        return Stand(State.IN_REVIEW, None)
    if article.is_withdrawn:
        return Stand(State.WITHDRAWN, None)
    if article.live:
        return Stand(State.CHANGED if article.has_unpublished_changes else State.PUBLISHED, None)
    return Stand(State.UNPUBLISHED if article.first_published_at else State.DRAFT, None)


def add_states(articles: list[Any], times: dict[int, datetime | None]) -> None:
    """Writes `stand` on each article."""
    for article in articles:
        article.stand = stand(article, times)
