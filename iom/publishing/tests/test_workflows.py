"""A workflow task is decided on the current state of the page."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.urls import reverse
from wagtail.models import PageSubscription, TaskState

from iom.publishing import gate
from iom.tests.factories import ArticleFactory
from iom.users.models import User

DECISIONS = ["approve", "reject"]


@pytest.fixture
def task(db):
    """As an editor's request has read it."""
    page = ArticleFactory(owner=User.objects.get(email="officer@example.org"))
    page.save_revision(user=page.owner)
    page.get_workflow().start(page, page.owner)
    return page.current_workflow_task_state


@pytest.mark.parametrize("decide", DECISIONS)
def test_the_task_of_a_page_that_is_gone_is_refused(task, decide):
    task.revision.content_object.delete()

    with pytest.raises(gate.Refused):
        getattr(task, decide)(user=None)


@pytest.mark.parametrize("decide", DECISIONS)
def test_a_task_that_another_editor_has_decided_is_refused(task, decide):
    TaskState.objects.get(pk=task.pk).approve(user=None)

    with pytest.raises(PermissionDenied):
        getattr(task, decide)(user=None)


def test_an_editor_whose_page_is_deleted_meanwhile_gets_a_message(sign_in, monkeypatch):
    page = ArticleFactory()

    def too_late(**values):
        page.delete()
        raise IntegrityError

    monkeypatch.setattr(PageSubscription.objects, "get_or_create", too_late)

    assert sign_in("officer").get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 404
