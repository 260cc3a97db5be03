"""Submissions of an outdated form of the page editor, after another person saved, decided or removed a right."""

import json

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, TaskState

from iom.core.tests import bodies
from iom.publishing.tests.test_approval import BUTTON, address, fresh, submit, task_of, user
from iom.tests.factories import ArticleFactory
from iom.tests.html_forms import forms
from iom.tests.page_forms import block_form_data
from iom.translation.tests.desk import body

pytestmark = pytest.mark.django_db
BODY = block_form_data(bodies.BODY, bodies.BODY.to_python(body("Text.")), "body")
PUBLISH = {"action-publish": "action-publish"}
DECIDE = {"action-workflow-action": "true", "workflow-action-name": "approve"}


@pytest.fixture
def reviewed(db):
    """In review, with two reviewers."""
    user("admin").groups.add(*user("editor").groups.all())
    article = ArticleFactory(title="Titre", live=False, owner=user("officer"))
    article.save_revision(user=article.owner)
    submit(article)
    return article


@pytest.fixture
def live(db):
    article = ArticleFactory(title="Before")
    article.save_revision(user=user("officer")).publish()
    return fresh(article)


def opened(answer, title):
    """What a browser sends of the form with another title, whoever has saved since."""
    (form,) = (form for form in forms(answer.content) if form.tag.get("id") == "page-edit-form")
    return form.values | BODY | {"title": title}


def in_english(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def errors(answer):
    assert answer.status_code == 200
    found = BeautifulSoup(answer.content, "html.parser").select(".messages .error, .messages .warning")
    return " ".join(one.get_text(" ", strip=True) for one in found)


def draft(page):
    return fresh(page).get_latest_revision_as_object().title


@pytest.mark.parametrize(
    "action", [PUBLISH, {}, {"action-submit": "action-submit"}], ids=["publish", "save", "submit"]
)
def test_a_stale_form_asks_before_it_replaces_the_version_of_another(sign_in, live, action):
    officer, editor = in_english(sign_in("officer")), sign_in("editor")
    mine = opened(officer.get(address(live)), "Mine")
    editor.post(address(live), opened(editor.get(address(live)), "Corrected") | PUBLISH)

    refused = officer.post(address(live), mine | action)

    assert f"{user('editor').get_full_name()} has changed this page since you opened it." in errors(refused)
    assert (fresh(live).title, draft(live)) == ("Corrected", "Corrected")
    again = opened(refused, "Mine")
    assert refused.context["form"]["title"].value() == "Mine"
    assert officer.post(address(live), again | action).status_code == 302
    assert draft(live) == "Mine"
    assert (fresh(live).title == "Mine") == (action == PUBLISH)


def test_one_s_own_versions_are_replaced_without_a_question(sign_in, live):
    officer = sign_in("officer")
    first = opened(officer.get(address(live)), "First")
    assert officer.post(address(live), first | PUBLISH).status_code == 302
    answer = officer.post(address(live), first | {"title": "Second"} | PUBLISH)
    assert answer.status_code == 302, errors(answer)
    assert fresh(live).title == "Second"


def test_an_approval_does_not_publish_an_older_text(sign_in, reviewed):
    editor, admin = in_english(sign_in("editor")), sign_in("admin")
    mine = opened(editor.get(address(reviewed)), "Titre")
    admin.post(address(reviewed), opened(admin.get(address(reviewed)), "Corrected"))

    refused = editor.post(address(reviewed), mine | {BUTTON: BUTTON})

    assert "has changed this page since you opened it." in errors(refused)
    assert not fresh(reviewed).live
    assert task_of(reviewed).status == "in_progress"
    editor.post(address(reviewed), opened(editor.get(address(reviewed)), "Corrected") | {BUTTON: BUTTON})
    assert fresh(reviewed).title == "Corrected"
    assert fresh(reviewed).live


def cancelled(page, sign_in):
    fresh(page).current_workflow_state.cancel(user("officer"))


def approved(page, sign_in):
    admin = sign_in("admin")
    answer = admin.post(address(page), opened(admin.get(address(page)), "Corrected") | {BUTTON: BUTTON})
    assert fresh(page).live, errors(answer)


@pytest.mark.parametrize("decide", [cancelled, approved])
@pytest.mark.parametrize(
    "action",
    [{BUTTON: BUTTON}, DECIDE, DECIDE | {"workflow-action-name": "reject"}],
    ids=["approve and publish", "approve", "reject"],
)
def test_a_decision_that_cannot_be_made_any_more_is_said_and_nothing_saved(sign_in, reviewed, decide, action):
    editor = in_english(sign_in("editor"))
    mine = opened(editor.get(address(reviewed)), "Mine")
    decide(reviewed, sign_in)
    before = draft(reviewed), TaskState.objects.values_list("status", flat=True).last()

    said = {"workflow-action-extra-data": json.dumps({"comment": "Name the source."})}
    refused = editor.post(address(reviewed), mine | action | said)

    assert "Nothing has been decided or saved" in errors(refused)
    assert "Your comment: “Name the source.”" in errors(refused)
    assert refused.context["form"]["title"].value() == "Mine"
    assert (draft(reviewed), TaskState.objects.values_list("status", flat=True).last()) == before


ENDS = ["action-cancel-workflow", "action-restart-workflow"]


@pytest.mark.parametrize("action", ENDS)
def test_cancelling_or_restarting_a_review_asks_before_it_replaces_the_draft_of_another(sign_in, reviewed, action):
    task_of(reviewed).reject(user=user("editor"), comment="Name the source.")
    officer, editor = in_english(sign_in("officer")), sign_in("editor")
    mine = opened(officer.get(address(reviewed)), "Mine")
    editor.post(address(reviewed), opened(editor.get(address(reviewed)), "Corrected"))

    refused = officer.post(address(reviewed), mine | {action: "true"})

    assert "has changed this page since you opened it." in errors(refused)
    assert draft(reviewed) == "Corrected"
    assert fresh(reviewed).current_workflow_state.status == "needs_changes"
    assert officer.post(address(reviewed), opened(refused, "Mine") | {action: "true"}).status_code == 302
    assert draft(reviewed) == "Mine"
    now = fresh(reviewed).current_workflow_state
    assert (now and now.status) == (None if action == ENDS[0] else "in_progress")


@pytest.mark.parametrize("title", ["Mine", ""], ids=["valid", "with an error"])
@pytest.mark.parametrize("action", ENDS)
def test_a_review_that_is_over_is_not_ended_again_and_nothing_typed_is_lost(sign_in, reviewed, action, title):
    task_of(reviewed).reject(user=user("editor"), comment="Name the source.")
    officer = in_english(sign_in("officer"))
    mine = opened(officer.get(address(reviewed)), title) | {"summary": "Typed"}
    cancelled(reviewed, sign_in)

    refused = officer.post(address(reviewed), mine | {action: "true"})

    assert ("Nothing has been decided or saved" if title else "first error") in errors(refused)
    assert refused.context["form"]["summary"].value() == "Typed"
    assert draft(reviewed) == "Titre"


@pytest.mark.parametrize("action", [PUBLISH, {}], ids=["publish", "save"])
def test_a_form_that_has_an_error_as_well_asks_too(sign_in, live, action):
    officer, editor = in_english(sign_in("officer")), sign_in("editor")
    mine = opened(officer.get(address(live)), "")
    editor.post(address(live), opened(editor.get(address(live)), "Corrected") | PUBLISH)

    refused = officer.post(address(live), mine | action)

    assert f"{user('editor').get_full_name()} has changed this page since you opened it." in errors(refused)
    assert officer.post(address(live), opened(refused, "Mine") | action).status_code == 302
    assert draft(live) == "Mine"


def test_whoever_has_confirmed_it_in_the_browser_s_dialog_is_not_asked_again(sign_in, live):
    officer, editor = sign_in("officer"), sign_in("editor")
    mine = opened(officer.get(address(live)), "Mine")

    def change():
        editor.post(address(live), opened(editor.get(address(live)), "Corrected") | PUBLISH)
        return {"replaced_revision_id": fresh(live).latest_revision_id}

    confirmed = change()
    change()
    assert officer.post(address(live), mine | PUBLISH | confirmed).status_code == 200, "another one since"
    assert officer.post(address(live), mine | PUBLISH | change()).status_code == 302
    assert fresh(live).title == "Mine"


def test_whoever_may_not_publish_any_more_is_told_and_nothing_saved(sign_in, live):
    officer = in_english(sign_in("officer"))
    mine = opened(officer.get(address(live)), "Mine")
    GroupPagePermission.objects.filter(
        group__in=Group.objects.filter(user=user("officer")), permission__codename="publish_page"
    ).delete()

    refused = officer.post(address(live), mine | PUBLISH)

    assert "Nothing has been published or saved" in errors(refused)
    assert (fresh(live).title, draft(live)) == ("Before", "Before")


def test_an_earlier_version_is_restored_where_nobody_has_saved_since(sign_in, live):
    earlier = live.latest_revision
    live.title = "Later"
    live.save_revision(user=user("editor")).publish()
    officer = sign_in("officer")
    revert = reverse("wagtailadmin_pages:revisions_revert", args=[live.pk, earlier.pk])
    officer.post(revert, opened(officer.get(revert), "Before") | PUBLISH)
    assert fresh(live).title == "Before"
