"""A review by a group (Wagtail's task): members who may not see a draft cannot review it, and are not notified."""

import pytest
from django.core import mail
from django.urls import reverse
from wagtail.models import GroupApprovalTask, TaskState, Workflow

from iom.core.draft_limits import limit_to
from iom.editorial.tests import offices
from iom.tests.factories import ArticleFactory, OfficeFactory
from iom.translation.tests.desk import body
from iom.users.models import User
from iom.withdrawal import withdrawing
from newsroom.models import NewsArticle

pytestmark = pytest.mark.django_db
user = offices.user


@pytest.fixture
def colleague():
    """A user in a group that reviews."""
    person = User.objects.create_user("colleague@example.org", "x")
    person.groups.set(user("officer").groups.all())
    GroupApprovalTask.objects.get().groups.add(person.groups.get())
    return person


def draft():
    page = ArticleFactory(title="Kangourou", office=OfficeFactory(), body=body("Ouistiti."), owner=user("officer"))
    page.save_revision(user=user("officer"))
    return NewsArticle.objects.get(pk=page.pk)


def close(page, why):
    if why == "protection":
        withdrawing.withdraw(page, user("editor"), "protection", {})
        return
    NewsArticle.objects.filter(pk=page.pk).update(live=False, first_published_at=None)
    if why == "limit":
        limit_to(page, [user("editor")])
    elif why == "office":
        offices.posted("colleague", OfficeFactory())


def submit(page):
    Workflow.objects.get(active=True).start(NewsArticle.objects.get(pk=page.pk), user("officer"))
    return TaskState.objects.get(status="in_progress", revision__object_id=str(page.pk))


@pytest.mark.parametrize("why", ["limit", "office", "protection", ""])
def test_a_draft_is_reviewed_by_those_of_the_group_who_may_see_it(sign_in, colleague, why):
    page = draft()
    close(page, why)
    task = submit(page)
    client = sign_in("colleague")
    preview = client.get(reverse("wagtailadmin_pages:workflow_preview", args=[page.pk, task.task_id]))
    listed = TaskState.objects.reviewable_by(user("colleague")).filter(pk=task.pk).exists()
    may_lock = NewsArticle.objects.get(pk=page.pk).permissions_for_user(user("colleague")).can_lock()
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", task.pk])
    client.post(address, {"comment": "Non."})
    task.refresh_from_db()

    is_open = not why
    assert bool(subjects_to("colleague")) == is_open
    assert ("Ouistiti" in preview.content.decode(), listed, may_lock) == (is_open,) * 3
    assert (task.status == "rejected") == is_open


def subjects_to(account):
    return [one.subject for one in mail.outbox if one.to == [f"{account}@example.org"]]


@pytest.mark.parametrize("why", ["protection", ""])
def test_who_has_submitted_a_draft_is_notified_as_long_as_they_may_see_it(why):
    page = draft()
    task = submit(page)
    close(page, why)
    task.reject(user=user("editor"))
    assert bool(subjects_to("officer")) == (not why)
