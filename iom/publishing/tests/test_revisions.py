"""Old revisions are deleted, except those that were published or that other rows need."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db.models import ManyToOneRel
from django.utils import timezone
from wagtail.models import Comment, Page, Revision

from iom.publishing import jobs, revisions
from iom.publishing.models import Job
from iom.tests.factories import ArticleFactory
from iom.translation.content.prefill import prefill
from iom.translation.models import JointPublication
from iom.translation.tests.desk import body, submit
from iom.translation.workflow import publication
from iom.users.models import User
from newsroom.models import NewsArticle

AGE = timedelta(days=settings.REVISION_DAYS)


@pytest.fixture(autouse=True)
def _nothing_else_waits(db):
    Revision.objects.update(created_at=timezone.now())
    Job.objects.all().delete()


@pytest.fixture
def article():
    return ArticleFactory(title="Titre", summary="Résumé.", live=False, body=body("Un."))


def draft(article, title):
    article = NewsArticle.objects.get(pk=article.pk).get_latest_revision_as_object()
    article.title = title
    return article.save_revision()


def aged(*rows):
    """The same revisions, a day older than any draft is kept."""
    for row in rows:
        Revision.objects.filter(pk=row.pk).update(created_at=timezone.now() - AGE - timedelta(days=1))
    return rows


def run():
    revisions.delete_old_revisions()


def kept(*rows):
    return [Revision.objects.filter(pk=row.pk).exists() for row in rows]


def test_old_drafts_are_deleted_and_the_latest_is_kept(article):
    first, second, latest = (draft(article, title) for title in ("Un", "Deux", "Trois"))
    aged(first, latest)

    run()

    assert kept(first, second, latest) == [False, True, True]
    assert NewsArticle.objects.get(pk=article.pk).get_latest_revision_as_object().title == "Trois"


def test_all_that_was_ever_published_is_kept(article):
    rows = []
    for title in ("Un", "Deux", "Trois"):
        rows.append(draft(article, title))
        rows[-1].publish()
    aged(*rows)

    run()

    assert all(kept(*rows))
    assert NewsArticle.objects.get(pk=article.pk).live_revision_id == rows[-1].pk


def test_what_is_scheduled_or_waits_for_its_translation_is_kept(article):
    scheduled, waiting, last = (draft(article, title) for title in ("Un", "Deux", "Trois"))
    Revision.objects.filter(pk=scheduled.pk).update(approved_go_live_at=timezone.now())
    JointPublication.objects.create(page_id=article.pk, revision=waiting)
    aged(scheduled, waiting, last)

    run()

    assert all(kept(scheduled, waiting, last))


def test_the_draft_of_a_translation_is_kept(article):
    state = submit(article, "en")
    prefill(state, article, NewsArticle(title="Title", summary="Summary.", body=body("One.")))
    ready = publication.save_draft(state)
    page = NewsArticle.objects.get(pk=state.page_id)
    later = page.save_revision()
    aged(ready, later)

    run()

    assert kept(ready, later) == [True, True]


def test_every_row_that_refers_to_a_revision_keeps_it():
    """Walked from the models, so that one that is added later keeps its revisions as well."""
    relations = [it for it in Revision._meta.get_fields(include_hidden=True) if isinstance(it, ManyToOneRel)]
    asked = str(revisions.deletable().query)

    for relation in relations:
        table = relation.related_model._meta.db_table
        is_asked = f'"{table}"' in asked
        assert is_asked or issubclass(relation.related_model, revisions._IGNORED_REFERENCES), table
    assert len(relations) > 5


def test_a_comment_outlives_the_draft_that_it_was_written_on(article):
    first, latest = draft(article, "Un"), draft(article, "Deux")
    author = User.objects.first()
    comment = Comment.objects.create(
        page_id=article.pk, user=author, text="Vraiment ?", contentpath="title", revision_created=first
    )
    aged(first)

    run()

    comment.refresh_from_db()
    assert (kept(first), comment.revision_created) == ([False], latest)


def test_it_runs_once_a_day_and_goes_on_at_once_while_there_is_more(article, monkeypatch):
    monkeypatch.setattr(revisions, "MAX_PAGES", 1)
    other = ArticleFactory(live=False)
    rows = [draft(page, title) for page in (article, other) for title in ("Un", "Deux")]
    aged(*rows)
    jobs.enqueue_missing([revisions.JOB])

    assert jobs.run(kinds=[revisions.JOB]).done == 2

    assert kept(*rows) == [False, True, False, True]
    job = Job.objects.get(kind=revisions.JOB)
    assert timezone.now() + timedelta(hours=23) < job.at < timezone.now() + timedelta(hours=25)
    jobs.enqueue_missing([revisions.JOB])
    assert jobs.run(kinds=[revisions.JOB]).done == 0


def test_drafts_of_a_deleted_page_do_not_stop_it(article):
    first = draft(article, "Un")
    draft(article, "Deux")
    aged(first)
    Page.objects.filter(pk=article.pk).update(latest_revision=None)
    Revision.objects.filter(pk=first.pk).update(object_id="999999")

    run()

    assert kept(first) == [False]
