"""Review in the editor: reviewers' comments above the form, and one button that approves and publishes."""

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail import hooks
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowTask

from iom.tests.factories import ArticleFactory
from iom.tests.page_forms import fill_form
from iom.users.models import User
from newsroom.models import NewsArticle

BUTTON = "action-approve-and-publish"
WORDS = {
    "fr": ("Modifications demandées par", "Approuver et publier"),
    "en": ("Changes requested by", "Approve and publish"),
}


def user(account):
    return User.objects.get(email=f"{account}@example.org")


@pytest.fixture
def page(db):
    page = ArticleFactory(title="Titre", live=False, owner=user("officer"))
    page.save_revision(user=page.owner)
    submit(page)
    return page


def submit(page):
    page.get_workflow().start(page, page.owner)


def fresh(page):
    return NewsArticle.objects.get(pk=page.pk)


def task_of(page):
    return fresh(page).current_workflow_task_state


def address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def screen(client, page, language="en"):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
    answer = client.get(address(page))
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def shown_comments(client, page, language="en"):
    return [one.get_text(" ", strip=True) for one in screen(client, page, language).select(".messages .review-remark")]


def approve(client, page, **changes):
    form = client.get(address(page)).context["form"]
    data = fill_form(form, "en", **{"title": page.title, "slug": page.slug} | changes)
    return client.post(address(page), data | {BUTTON: BUTTON}, follow=True)


def another_task(group):
    """A second task of the workflow, of that group."""
    task = GroupApprovalTask.objects.create(name="Second reading")
    task.groups.add(group)
    WorkflowTask.objects.create(workflow=Workflow.objects.get(active=True), task=task, sort_order=9)
    return task


@pytest.mark.parametrize("language", ["fr", "en"])
def test_what_the_reviewer_asks_stands_above_the_form_with_name_and_time(sign_in, page, language):
    task_of(page).reject(user=user("editor"), comment="Name the source.\n<b>Twice</b>")

    officer = sign_in("officer")
    assert shown_comments(officer, page, language) == ["Name the source. <b>Twice</b>"]
    message = screen(officer, page, language).select_one(".messages .review-remark").parent.get_text(" ", strip=True)
    assert WORDS[language][0] in message
    editor = user("editor")
    assert f"{editor.first_name} {editor.last_name}" in message
    assert "202" in message


def test_it_stands_there_until_the_next_submission(sign_in, page):
    task_of(page).reject(user=user("editor"), comment="Name the source.")
    officer = sign_in("officer")
    assert shown_comments(officer, page) == shown_comments(officer, page) == ["Name the source."]

    fresh(page).current_workflow_state.resume(user("officer"))
    assert shown_comments(officer, page) == []

    task_of(page).reject(user=user("editor"), comment="And the date.")
    assert shown_comments(officer, page) == ["And the date."]

    fresh(page).current_workflow_state.cancel(user("officer"))
    assert shown_comments(officer, page) == ["And the date."]
    submit(page)
    assert shown_comments(officer, page) == []


def test_with_an_approval_it_stands_there_until_another_version_is_public(sign_in, page):
    fresh(page).save_revision()
    task_of(page).approve(user=user("editor"), comment="Well done.")
    officer = sign_in("officer")
    assert shown_comments(officer, page) == ["Well done."]

    fresh(page).save_revision().publish()
    assert shown_comments(officer, page) == []


def test_of_two_reviewers_both_are_heard(sign_in, page):
    another_task(user("editor").groups.get())
    task_of(page).approve(user=user("editor"), comment="Style is fine.")
    task_of(page).reject(user=user("admin"), comment="The law is not.")
    assert shown_comments(sign_in("officer"), page) == ["Style is fine.", "The law is not."]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_one_click_approves_and_publishes_with_what_was_changed(sign_in, page, language):
    editor = sign_in("editor")
    first = screen(editor, page, language).select_one(
        "footer .actions button, footer [name=action-approve-and-publish]"
    )
    assert first["name"] == BUTTON
    assert WORDS[language][1] in first.get_text()

    answer = approve(editor, page, title="Corrected")

    live = fresh(page)
    assert (live.live, live.title, live.current_workflow_state) == (True, "Corrected", None)
    [state] = TaskState.objects.filter(workflow_state__object_id=str(page.pk))
    assert (state.status, state.finished_by) == ("approved", user("editor"))
    assert "Corrected" in answer.content.decode()


def test_it_is_offered_to_nobody_who_may_not_review(sign_in, page):
    """The author may publish, and does not approve."""
    officer = sign_in("officer")
    assert not screen(officer, page).select(f"[name={BUTTON}]")

    approve(officer, page)

    assert not fresh(page).live
    assert task_of(page) is not None


def test_all_tasks_of_a_reviewer_are_approved_and_no_task_of_others(sign_in, page):
    group = user("editor").groups.get()
    task = another_task(group)
    editor = sign_in("editor")
    assert screen(editor, page).select(f"[name={BUTTON}]")

    task.groups.set([user("officer").groups.get()])
    assert not screen(editor, page).select(f"[name={BUTTON}]")
    approve(editor, page)
    assert not fresh(page).live
    assert task_of(page).task.name != "Second reading"  # nothing was approved

    task.groups.set([group])
    approve(editor, page)
    assert fresh(page).live
    states = TaskState.objects.filter(workflow_state__object_id=str(page.pk))
    assert list(states.values_list("status", flat=True)) == ["approved", "approved"]


def test_what_the_gate_refuses_stays_in_review_and_nothing_typed_is_lost(sign_in, page):
    def refuse(page, revision, user):
        raise ValidationError("Not today.")

    with hooks.register_temporarily("before_publication", refuse):
        answer = approve(sign_in("editor"), page, title="Corrected")

    assert "Not today." in answer.content.decode()
    assert not fresh(page).live
    assert task_of(page).status == "in_progress"
    assert fresh(page).get_latest_revision_as_object().title == "Corrected"


def test_a_task_that_another_has_decided_is_not_decided_again(sign_in, page):
    editor = sign_in("editor")
    form = editor.get(address(page)).context["form"]
    task_of(page).reject(user=user("admin"), comment="No.")

    editor.post(address(page), fill_form(form, "en", title="Titre", slug=page.slug) | {BUTTON: BUTTON})

    assert not fresh(page).live
