"""Actions of people and of the scheduler. Each begins as its view does, and reads its objects without a lock."""

from django.http import Http404
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Locale, Page

from iom.publishing import locking, schedule
from iom.tests.concurrency.scenarios import FIRST, SECOND, person, section, state_of
from iom.translation.content import segments
from iom.translation.models import JointPublication, Question
from iom.translation.workflow import detach, joint_publication, publication, questions, review, submission, writing
from iom.translation.workflow.bulk_actions import PublishWithoutTranslations
from newsroom.models import NewsArticle


def _page(scenario):
    return NewsArticle.objects.get(pk=scenario.page)


# Actions on the original


def _save(scenario, **fields):
    page = _page(scenario).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    return page.save_revision(user=person("officer"))


def _publish(scenario, **fields):
    """Saves and publishes what was read before in one transaction, as the button does."""
    page = _page(scenario).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    _save_and_publish(page, "officer")


@locking.atomic
def _save_and_publish(page, account):
    if page.first_published_at is None:
        locking.lock_tree()
    locking.lock_translations(page.translation_key)
    page.save_revision(user=person(account)).publish(user=person(account))


def publish(scenario):
    _publish(scenario, title="Autre titre", summary="Résumé.")


def publish_other_texts(scenario):
    _publish(scenario, title="Tout autre", summary="Tout autre.")


def publish_again(scenario):
    """Publishes the latest revision again, with the same meaning."""
    _page(scenario).latest_revision.publish(user=person("officer"))


def request_joint_publication(scenario):
    _publish(scenario, published_together=True)


def publish_in_bulk(scenario):
    _save(scenario, title="Autre titre")
    PublishWithoutTranslations.execute_action([_page(scenario)], user=person("officer"))


def approve(scenario):
    """Approves the last task of the workflow, which publishes the revision."""
    task = _page(scenario).current_workflow_task_state
    if task is None:
        raise Http404
    task.approve(user=person("editor"))


def unpublish(scenario):
    _page(scenario).unpublish(user=person("editor"))


def delete(scenario):
    DeletePageAction(_page(scenario), user=person("editor")).execute()


def move(scenario):
    MovePageAction(Page.objects.get(pk=scenario.page), section(SECOND), "last-child", user=person("editor")).execute()


def publish_alone(scenario):
    awaited = JointPublication.objects.select_related("page", "revision", "requested_by").get(pk=scenario.page)
    joint_publication.publish_alone(awaited, person("editor"), "It cannot wait any longer.")


def cancel_joint_publication(scenario):
    awaited = JointPublication.objects.select_related("page", "revision", "requested_by").get(pk=scenario.page)
    joint_publication.cancel(awaited, person("officer"))


# Actions on the translation


def publish_translation(scenario):
    return publication.publish(state_of(scenario), person("translator.en"))


def publish_as_editor(scenario):
    return publication.publish(state_of(scenario), person("editor"))


def _write(scenario, path, text, user="translator.en"):
    state = state_of(scenario)
    segment = next((row for row in segments.load_text(state.translation) if row.path == path), None)
    if segment is not None:
        writing.write(state, segment, text, person(user))


def write(scenario):
    _write(scenario, "title", f"Another{scenario.page}")


def write_summary_as_reviser(scenario):
    _write(scenario, "summary", "Another summary.", "reviser.en")


@locking.atomic
def translate_and_publish(scenario):
    """Writes all passages and publishes in one transaction, as the button of the translation editor does."""
    locking.lock_tree()
    locking.lock_translations(scenario.key)
    for path, text in (("title", f"Another{scenario.page}"), ("summary", "Summary."), ("body.0", "One.")):
        _write(scenario, path, text)
    return publish_translation(scenario)


def unpublish_translation(scenario):
    NewsArticle.objects.get(pk=scenario.translation).unpublish(user=person("editor"))


def delete_translation(scenario):
    DeletePageAction(NewsArticle.objects.get(pk=scenario.translation), user=person("editor")).execute()


def revise(scenario):
    review.revise(state_of(scenario), person("reviser.en"))


def send_back(scenario):
    review.send_back(state_of(scenario), person("reviser.en"), "Say it better.")


def detach_translation(scenario):
    detach.detach(state_of(scenario), person("editor"))


def reattach_translation(scenario):
    detach.reattach(state_of(scenario), person("editor"))


def publish_in_page_editor(scenario):
    page = NewsArticle.objects.get(pk=scenario.translation).get_latest_revision_as_object()
    page.title = f"By hand {scenario.page}"
    _save_and_publish(page, "editor")


def claim(scenario):
    return state_of(scenario).claim(person("translator.en"))


def claim_as_reviser(scenario):
    return state_of(scenario).claim(person("reviser.en"))


def release(scenario):
    state_of(scenario).release()


def answer(scenario):
    questions.answer(Question.objects.get(pk=scenario.question), "This.", person("officer"))


def answer_as_editor(scenario):
    questions.answer(Question.objects.get(pk=scenario.question), "That.", person("editor"))


# Actions on the tree


def move_back(scenario):
    MovePageAction(Page.objects.get(pk=scenario.page), section(FIRST), "last-child", user=person("editor")).execute()


def move_other(scenario):
    MovePageAction(Page.objects.get(pk=scenario.other), section(SECOND), "last-child", user=person("editor")).execute()


def move_to_first_place(scenario):
    """Changes the order of pages in a section."""
    first = section(FIRST).get_first_child()
    MovePageAction(Page.objects.get(pk=scenario.page), first, "left", user=person("editor")).execute()


def rename_section(scenario):
    """Changes the addresses of all pages below the section."""
    page = section(FIRST).get_latest_revision_as_object()
    page.slug = FIRST if page.slug != FIRST else f"{FIRST}-renamed"
    page.save_revision(user=person("admin")).publish(user=person("admin"))


def rename(scenario):
    _publish(scenario, slug=f"renamed-{scenario.page}")


def create(scenario):
    page = NewsArticle(title="New", summary="New.", date=timezone.now(), owner=person("officer"))
    section(FIRST).add_child(instance=page)
    page.save_revision(user=person("officer"))


def create_in_second(scenario):
    section(SECOND).add_child(instance=NewsArticle(title="New", summary="New.", date=timezone.now()))


def copy(scenario):
    page = _page(scenario)
    CopyPageAction(
        page,
        to=page.get_parent(),
        update_attrs={"slug": f"copy-{scenario.page}"},
        keep_live=False,
        user=person("officer"),
    ).execute()


def submit(scenario):
    submission.submit(_page(scenario), Locale.objects.get(language_code="en"), person("officer"))


# The scheduler


def run_scheduler(scenario):
    """Runs one round."""
    schedule.publish_due()


run_scheduler.with_items = True
