"""A text that needs a review goes live only when another person has approved its latest version."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupApprovalTask, PageLogEntry, TaskState, WorkflowTask

from iom.contacts.models import OfficeStaff, press_contacts
from iom.editorial.tests.offices import user
from iom.publishing.tests.ways import UPDATES, by_a_workflow
from iom.tests.factories import ArticleFactory, OfficeFactory
from iom.translation.tests import desk
from iom.translation.tests.joint import Clock
from iom.translation.tests.test_minor_corrections import form_data
from iom.users.models import User
from newsroom.models import ArticleContact, NewsArticle, ReviewRule
from newsroom.review import policy
from newsroom.review.models import authors_of, may_review

pytestmark = pytest.mark.django_db


def text(office, **fields):
    """A draft by the officer."""
    page = ArticleFactory(office=office, kind="press-release", live=False, owner=user("officer"), **fields)
    NewsArticle.objects.filter(pk=page.pk).update(first_published_at=None)
    page.contacts = [ArticleContact(contact=press_contacts().first())]
    page.save()
    page.save_revision(user=user("officer"))
    return now(page)


def now(page):
    return NewsArticle.objects.get(pk=page.pk)


def submit(page, account="officer"):
    page.get_workflow().start(page, user(account))
    return TaskState.objects.filter(status="in_progress").latest("pk")


def answer(sign_in, account, page, task, action="approve"):
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, task.pk])
    return sign_in(account).post(address, {"comment": "Un mot."})


@pytest.mark.parametrize("way", [way for way in UPDATES if way is not by_a_workflow], ids=lambda way: way.__name__)
def test_a_text_without_approval_is_not_published_in_any_way(sign_in, way):
    page = ArticleFactory(title="Avant")
    page.save_revision().publish()
    ReviewRule.objects.create()
    page = now(page)
    page.title = "Written"
    page.save_revision(user=user("officer"))

    with suppress(PermissionDenied):
        way(now(page), sign_in)

    assert now(page).title == "Avant"


def test_a_colleague_approves_and_it_is_published(office, sign_in):
    page = text(office)
    answer(sign_in, "colleague", page, submit(page))
    assert now(page).live


@pytest.mark.parametrize("account", ["officer", "editor"])
def test_nobody_approves_what_they_have_written(office, sign_in, account):
    page = text(office)
    if account == "editor":  # who has changed one word of it
        page.title = "Autre"
        page.save_revision(user=user("editor"))
    task = submit(now(page))

    answer(sign_in, account, page, task)
    with suppress(PermissionDenied):
        task.task.specific.on_action(TaskState.objects.get(pk=task.pk), user(account), "approve")

    assert not now(page).live
    assert TaskState.objects.get(pk=task.pk).status == "in_progress"
    assert not may_review(user(account), now(page))
    assert may_review(user("colleague"), now(page))


def test_nobody_of_another_office_approves(office, sign_in):
    other = User.objects.create_user("other@example.org", "x")
    other.groups.set(user("officer").groups.all())
    OfficeStaff.objects.create(office=OfficeFactory(), user=other)
    page = text(office)
    task = submit(page)

    answer(sign_in, "other", page, task)
    with suppress(PermissionDenied):
        TaskState.objects.get(pk=task.pk).approve(user=user("other"))

    assert not now(page).live
    assert task.pk not in TaskState.objects.reviewable_by(user("other")).values_list("pk", flat=True)


def test_the_first_approval_of_two_does_not_publish(office, sign_in):
    task = GroupApprovalTask.objects.create(name="Second")
    WorkflowTask.objects.create(workflow=policy.get_review_workflow(), task=task, sort_order=1)
    page = text(office)
    answer(sign_in, "colleague", page, submit(page))
    assert TaskState.objects.get(status="in_progress").task == task.task_ptr
    with pytest.raises(policy.ReviewRequired):
        now(page).latest_revision.publish(user=user("officer"))
    assert not now(page).live


def test_a_change_after_the_approval_needs_another(office, sign_in):
    page = text(office, go_live_at=timezone.now() + timedelta(days=1))
    answer(sign_in, "colleague", page, submit(page))
    approved = now(page).scheduled_revision
    assert approved is not None
    page = now(page)
    page.title = "Plus tard"
    changed = page.save_revision(user=user("officer"))

    with pytest.raises(policy.ReviewRequired):
        changed.publish(user=user("officer"))
    policy.check_review(now(page), approved, None)  # which goes live at its minute


@pytest.mark.parametrize("account", ["officer", "colleague", "editor"])
def test_what_is_approved_gets_another_time_and_stays_approved(office, sign_in, monkeypatch, account):
    clock = Clock(monkeypatch)
    page = text(office, go_live_at=clock() + timedelta(days=1))
    answer(sign_in, "colleague", page, submit(page))
    later = timezone.localtime(clock() + timedelta(days=2)).replace(second=0, microsecond=0)
    sent = {"go_live_at": f"{later:%Y-%m-%dT%H:%M}"}
    clock(minutes=5)
    assert sign_in(account).post(reverse("publish_at", args=[page.pk]), sent).status_code == 302
    assert now(page).scheduled_revision.approved_go_live_at == later
    clock(days=1, hours=1)
    call_command("publish_scheduled", verbosity=0)
    assert not now(page).live
    clock(days=1)
    call_command("publish_scheduled", verbosity=0)
    assert now(page).live
    assert now(page).date == later


def test_what_is_approved_with_an_embargo_goes_live_at_its_minute(office, sign_in):
    page = text(office, go_live_at=timezone.now() + timedelta(days=1))
    answer(sign_in, "colleague", page, submit(page))
    assert not now(page).live
    revision, due = now(page).scheduled_revision, timezone.now() - timedelta(minutes=1)
    content = revision.content | {"go_live_at": due.isoformat()}
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=due, content=content)
    call_command("publish_scheduled", verbosity=0)
    assert now(page).live


def test_an_overwritten_revision_is_no_longer_approved(office, sign_in):
    page = text(office, go_live_at=timezone.now() + timedelta(days=1))
    answer(sign_in, "colleague", page, submit(page))
    page = now(page)
    page.title = "Remplacé"
    page.save_revision(user=user("officer"), overwrite_revision=page.latest_revision, clean=False)
    with pytest.raises(policy.ReviewRequired):
        policy.check_review(now(page), now(page).latest_revision, None)


def test_after_requested_changes_the_author_submits_the_text_again(office, sign_in):
    page = text(office)
    answer(sign_in, "colleague", page, submit(page), "reject")
    assert not now(page).live
    page = now(page)
    page.title = "Mieux"
    page.save_revision(user=user("officer"))
    page.current_workflow_state.resume(user("officer"))
    answer(sign_in, "colleague", page, TaskState.objects.filter(status="in_progress").latest("pk"))
    assert now(page).title == "Mieux"
    assert now(page).live


@pytest.mark.parametrize(
    ("kind", "place", "asks"),
    [
        ("press-release", "own", True),
        ("press-release", "below", True),
        ("press-release", "other", False),
        ("press-release", "none", False),
        ("news", "own", False),
    ],
)
def test_a_rule_is_of_an_office_and_those_below_it_and_of_a_type(office, kind, place, asks):
    offices = {"own": office, "below": OfficeFactory(parent=office), "other": OfficeFactory(), "none": None}
    page = ArticleFactory(office=offices[place], kind=kind, live=False)
    page.save_revision()
    assert policy.needs_review(page, page.latest_revision) == asks
    assert (page.get_workflow() == policy.get_review_workflow()) == asks


def test_a_published_text_needs_its_review_even_with_another_type(office):
    page = text(office)
    NewsArticle.objects.filter(pk=page.pk).update(live=True)  # before there was a rule
    page = now(page)
    page.kind = "news"
    revision = page.save_revision(user=user("officer"))
    with pytest.raises(policy.ReviewRequired):
        revision.publish(user=user("officer"))


def test_translations_need_no_review_by_a_colleague(office):
    original = ArticleFactory(office=office, kind="news", body=desk.body("Un."), title="Titre")
    original.save_revision().publish()
    _state, translation = desk.translated(
        now(original), NewsArticle(title="Title", summary="Summary.", body=desk.body("One.")), "en"
    )
    ReviewRule.objects.create()
    assert not policy.needs_review(now(translation), now(translation).latest_revision)


@pytest.mark.parametrize(("account", "may"), [("officer", False), ("colleague", False), ("editor", True)])
def test_editors_publish_without_review_and_say_why(office, sign_in, account, may):
    page = text(office)
    address = reverse("newsroom_publish_without_review", args=[page.pk])
    client = sign_in(account)
    client.post(address, {"reason": ""})
    assert not now(page).live
    client.post(address, {"reason": "Évacuation en cours"})

    assert now(page).live == may
    entries = PageLogEntry.objects.filter(action=policy.LOG_ACTION, page=page.pk)
    assert [entry.data["reason"] for entry in entries] == ["Évacuation en cours"] * may
    if may:
        history = sign_in("officer").get(reverse("wagtailadmin_pages:history", args=[page.pk])).content.decode()
        site = sign_in("admin").get(reverse("wagtailadmin_reports:site_history")).content.decode()
        assert "Évacuation en cours" in history
        assert "Évacuation en cours" in site


def test_a_skipped_review_counts_for_one_draft_only(office, sign_in):
    page = text(office)
    sign_in("editor").post(
        reverse("newsroom_publish_without_review", args=[page.pk]), {"reason": "Évacuation en cours"}
    )
    page = now(page)
    page.title = "Encore"
    with pytest.raises(policy.ReviewRequired):
        page.save_revision(user=user("editor")).publish(user=user("editor"))


def test_a_refused_publication_shows_the_reason(office, sign_in):
    page = text(office)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = form_data(page, kind="press-release", office=office.pk)
    data |= {"action-publish": "action-publish", "contacts": [press_contacts().first().pk]}
    assert str(policy.REVIEW_NEEDED) in sign_in("officer").post(address, data, follow=True).content.decode()


def test_during_the_review_the_author_does_not_change_the_text(office):
    page = text(office)
    submit(page)
    assert now(page).get_lock().for_user(user("officer"))
    assert not now(page).get_lock().for_user(user("colleague"))


def test_authors_are_those_who_changed_the_text_since_its_last_publication(office, sign_in):
    page = text(office)
    page.title = "Encore"
    page.save_revision(user=user("colleague"))
    assert authors_of(now(page)) == {user("officer").pk, user("colleague").pk}
    answer(sign_in, "editor", page, submit(now(page)))
    assert authors_of(now(page)) == set()


def test_texts_that_wait_for_review_are_read_in_a_fixed_number_of_queries(office):
    submit(text(office))
    with CaptureQueriesContext(connection) as few:
        assert len(TaskState.objects.reviewable_by(user("colleague"))) == 1
    for number in range(5):
        submit(text(office, slug=f"n-{number}"))
    with CaptureQueriesContext(connection) as many:
        assert len(TaskState.objects.reviewable_by(user("colleague"))) == 6
    assert len(many) == len(few)
    assert not TaskState.objects.reviewable_by(user("officer"))
