"""Whatever publishes asks `before_publication`, and what that holds back is not live."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail import hooks
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.models import Page, Revision, TaskState, get_page_models

from iom.core.models import BasePage
from iom.translation import submission
from iom.users.models import User

TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


def officer():
    return User.objects.get(email="officer@example.org")


def by_a_script(page, sign_in):
    page.get_latest_revision().publish()


def in_bulk(page, sign_in):
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    sign_in("admin").post(f"{address}?id={page.pk}", {"include_descendants": ""})


def by_a_workflow(page, sign_in):
    page.get_workflow().start(page, officer())
    task = TaskState.objects.get(workflow_state__object_id=str(page.pk), status="in_progress")
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    sign_in("editor").post(address, {"comment": ""})


def by_a_schedule(page, sign_in):
    revision = page.get_latest_revision()
    due = timezone.now() - timedelta(minutes=1)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=due)
    call_command("publish_scheduled", verbosity=0)


def by_going_back(page, sign_in):
    """To an earlier revision, which is published."""
    revision = page.get_latest_revision()
    page.title = "Plus tard"
    page.save_revision()
    RevertToPageRevisionAction(page, revision, user=officer()).execute(skip_permission_checks=True).publish()


WAYS = [by_a_script, in_bulk, by_a_workflow, by_a_schedule, by_going_back]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_an_update_that_is_held_back_is_not_what_readers_get(db, sign_in, model, way):
    page = next(page for page in model.objects.filter(live=True) if submission.translation_of(page) is None)
    before = page.title
    page.title = "Retenu"
    page.save_revision(user=officer())
    asked = []

    def hold(page, revision, user):
        asked.append(revision.content["title"])
        return True

    with hooks.register_temporarily("before_publication", hold):
        way(model.objects.get(pk=page.pk), sign_in)

    assert asked == ["Retenu"]
    assert Page.objects.get(pk=page.pk).title == before
