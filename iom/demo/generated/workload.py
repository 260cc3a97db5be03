"""The current work of officers beside generated articles: texts of the current weeks, and texts in every state.

A newsroom with an archive of any size publishes and plans PACE texts a day, so that screens show the same amount.
Unfinished and retired texts (drafts, changes, unpublished and withdrawn texts) grow with the archive.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from wagtail.models import Page, Revision, TaskState, Workflow, WorkflowState

from iom.demo import content
from iom.demo.generated import translation_keys
from iom.demo.generated.articles import People, Writer
from iom.demo.generated.bulk_table import BulkTable, Row
from iom.demo.generated.records import Records
from iom.demo.generated.story import Story
from iom.publishing import locking
from iom.reads.models import PageReads
from iom.translation.models import TranslationState
from iom.users.models import User
from iom.withdrawal.models import Kind, Withdrawal, WithdrawnText
from newsroom.models import NewsArticle
from newsroom.officers.originals import State
from newsroom.review import policy

PACE = 12  # texts published on a day
RECENT = timedelta(days=42)  # the days that the calendar of a month shows
MIN_PER_STATE = 50  # texts in each other state: a page of the longest list
# Articles of the archive for one more text in a state; more articles in states in which somebody waits for the text
ARTICLES_PER_TEXT = 100
ARTICLES_PER_WAITING_TEXT = {State.SCHEDULED: 1000, State.IN_REVIEW: 1000}
NEVER_PUBLISHED = (State.DRAFT, State.IN_REVIEW, State.SCHEDULED)  # and so not translated
DAY = timedelta(days=1)


def counts_by_state(archive: int) -> dict[State, int]:
    """Returns the number of texts in each state beside an archive of so many articles."""
    found = {
        state: MIN_PER_STATE + archive // ARTICLES_PER_WAITING_TEXT.get(state, ARTICLES_PER_TEXT) for state in State
    }
    return found | {State.PUBLISHED: PACE * RECENT.days}


def page_count(archive: int) -> int:
    languages = len(content.LANGUAGES)
    return sum(
        count * (1 if state in NEVER_PUBLISHED else languages) for state, count in counts_by_state(archive).items()
    )


def write(writer: Writer, archive: int, today: datetime, records: Records) -> None:
    """Writes the texts. `today` is the beginning of the day."""
    first = archive
    for state, count in counts_by_state(archive).items():
        stories = (Story(first + place, _date(state, place, today), records) for place in range(count))
        writer.write(stories, is_translated=state not in NEVER_PUBLISHED)
        with transaction.atomic():
            locking.lock_tree()
            _set_state(state, translation_keys.key(first), translation_keys.key(first + count - 1), writer.people)
        first += count
    with transaction.atomic():
        _write_reads(today)


def _date(state: State, place: int, today: datetime) -> datetime:
    """Returns a date in the last weeks, in the next weeks for planned texts, or in ten years for retired texts."""
    if state == State.PUBLISHED:
        return today - place // PACE * DAY + timedelta(minutes=place % PACE)
    if state in NEVER_PUBLISHED:
        return today + (1 + place % RECENT.days) * DAY + timedelta(hours=9 + place % 8)
    return today - (1 + place * 7 % 3650) * DAY


def _set_state(state: State, first: UUID, last: UUID, people: People) -> None:
    """Moves published texts into another state. The author owns MIN_PER_STATE of the unfinished ones."""
    articles = NewsArticle.objects.filter(translation_key__range=(first, last)).order_by("translation_key", "pk")
    pages = Page.objects.filter(pk__in=articles.order_by().values("pk"))
    if state not in (State.PUBLISHED, State.CHANGED):
        pages.update(live=False, live_revision=None, has_unpublished_changes=True)
    if state in NEVER_PUBLISHED:
        pages.update(first_published_at=None, last_published_at=None)
        mine = [article.pk for article in articles[:MIN_PER_STATE]]
        Page.objects.filter(pk__in=mine).update(owner=people.author)
    if state in (State.CHANGED, State.SCHEDULED):
        _save_drafts(articles, state, people)
    elif state == State.IN_REVIEW:
        _begin_reviews(articles, people)
    elif state == State.WITHDRAWN:
        _withdraw(articles)


def _save_drafts(articles: QuerySet[NewsArticle], state: State, people: People) -> None:
    """Saves changes of published texts, or the time of scheduled texts."""
    is_translation = TranslationState.objects.filter(page=OuterRef("pk"))
    for place, article in enumerate(articles.filter(~Exists(is_translation))):
        draft = article.get_latest_revision_as_object()
        draft.go_live_at = article.sort_date if state == State.SCHEDULED else None
        user = User(pk=people.author) if place < MIN_PER_STATE else None
        draft.save_revision(user=user, approved_go_live_at=draft.go_live_at)
        if draft.go_live_at:
            Page.objects.filter(pk=article.pk).update(go_live_at=draft.go_live_at)


def _begin_reviews(articles: QuerySet[NewsArticle], people: People) -> None:
    """Starts a review by any colleague for most texts, and the first workflow's review by a group for some."""
    kind, of_pages = ContentType.objects.get_for_models(NewsArticle, Page, for_concrete_models=False).values()
    workflows = [policy.get_review_workflow(), Workflow.objects.active().order_by("pk")[0]]
    for place, article in enumerate(articles):
        workflow, user = workflows[place % 4 == 3], people.colleague if place % 3 else people.author
        row = WorkflowState.objects.create(
            content_type=kind,
            base_content_type=of_pages,
            object_id=str(article.pk),
            workflow=workflow,
            requested_by_id=user,
        )
        Revision.objects.filter(pk=article.latest_revision_id).update(user=user)
        task = workflow.tasks.order_by("pk")[0]
        row.current_task_state = TaskState.objects.create(
            workflow_state=row, task=task, revision_id=article.latest_revision_id
        )
        row.save()


def _withdraw(articles: QuerySet[NewsArticle]) -> None:
    for article in articles.select_related("latest_revision"):
        withdrawal, _new = Withdrawal.objects.get_or_create(translation_key=article.translation_key, kind=Kind.PUBLIC)
        WithdrawnText.objects.create(
            withdrawal=withdrawal,
            page=article,
            title=article.title,
            reason=article.summary,
            addresses=[article.url_path],
            content=article.latest_revision.content,
            live_revision=article.latest_revision,
            latest_revision=article.latest_revision_id,
            had_unpublished_changes=False,
        )


def _write_reads(today: datetime) -> None:
    """Writes reads by day for the last weeks: new texts on each day, older ones on some, with sums of two years."""
    day = timezone.localdate(today)
    pages = translation_keys.pages().filter(live=True).values_list("pk", "first_published_at").order_by("pk")
    BulkTable(PageReads).insert(row for key, published in pages.iterator() for row in _read_rows(key, published, day))


def _read_rows(page: int, published: datetime, today: date) -> Iterator[Row]:
    draw = Random(page)  # noqa: S311  (nothing secret)
    age = (today - timezone.localdate(published)).days
    days = [today - ago * DAY for ago in (range(age + 1) if age < RECENT.days else draw.sample(range(RECENT.days), 3))]
    years = [date(today.year - ago, 1, 1) for ago in (1, 2) if ago * 366 < age]
    for day in [*days, *years]:
        yield {"page_id": page, "day": day, "number": draw.randrange(1, 500)}
