"""What people and the scheduler do, each as its view begins: it reads what it is about, without a lock."""

from django.http import Http404
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Locale, Page

from iom.publishing import locking, schedule
from iom.tests.concurrency.scenes import FIRST, SECOND, person, section, state_of
from iom.translation.content import segments
from iom.translation.models import JointPublication, Question
from iom.translation.workflow import detach, joint_publication, publication, questions, review, submission, writing
from iom.translation.workflow.bulk_actions import PublishWithoutTranslations
from newsroom.models import NewsArticle


def _page(scene):
    return NewsArticle.objects.get(pk=scene.page)


# With the original


def _save(scene, **fields):
    page = _page(scene).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    return page.save_revision(user=person("officer"))


def _publish(scene, **fields):
    """As the button does: what has been read before is saved and published in one transaction."""
    page = _page(scene).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(page, name, value)
    _save_and_publish(page, "officer")


@locking.atomic
def _save_and_publish(page, account):
    if page.first_published_at is None:
        locking.lock_tree()
    locking.lock_translations(page.translation_key)
    page.save_revision(user=person(account)).publish(user=person(account))


def publish(scene):
    _publish(scene, title="Autre titre", summary="Résumé.")


def publish_all_of_it(scene):
    _publish(scene, title="Tout autre", summary="Tout autre.")


def publish_anew(scene):
    """Again what was saved last: the meaning is the same."""
    _page(scene).latest_revision.publish(user=person("officer"))


def publish_together(scene):
    _publish(scene, published_together=True)


def publish_in_bulk(scene):
    _save(scene, title="Autre titre")
    PublishWithoutTranslations.execute_action([_page(scene)], user=person("officer"))


def approve(scene):
    """The last task of its workflow: what it is about is published."""
    task = _page(scene).current_workflow_task_state
    if task is None:
        raise Http404
    task.approve(user=person("editor"))


def unpublish(scene):
    _page(scene).unpublish(user=person("editor"))


def delete(scene):
    DeletePageAction(_page(scene), user=person("editor")).execute()


def move(scene):
    MovePageAction(Page.objects.get(pk=scene.page), section(SECOND), "last-child", user=person("editor")).execute()


def publish_alone(scene):
    awaited = JointPublication.objects.select_related("page", "revision", "requested_by").get(pk=scene.page)
    joint_publication.publish_alone(awaited, person("editor"), "It cannot wait any longer.")


def take_back(scene):
    awaited = JointPublication.objects.select_related("page", "revision", "requested_by").get(pk=scene.page)
    joint_publication.cancel(awaited, person("officer"))


# With the translation


def publish_translation(scene):
    return publication.publish(state_of(scene), person("translator.en"))


def publish_as_colleague(scene):
    return publication.publish(state_of(scene), person("editor"))


def _write(scene, path, text, user="translator.en"):
    state = state_of(scene)
    segment = next((row for row in segments.load_text(state.translation) if row.path == path), None)
    if segment is not None:
        writing.write(state, segment, text, person(user))


def write(scene):
    _write(scene, "title", f"Another{scene.page}")


def write_summary(scene):
    _write(scene, "summary", "Another summary.", "reviser.en")


@locking.atomic
def translate_and_publish(scene):
    """What the button of the translators' editor does with the passages it is sent, in one transaction."""
    locking.lock_tree()
    locking.lock_translations(scene.key)
    for path, text in (("title", f"Another{scene.page}"), ("summary", "Summary."), ("body.0", "One.")):
        _write(scene, path, text)
    return publish_translation(scene)


def unpublish_translation(scene):
    NewsArticle.objects.get(pk=scene.translation).unpublish(user=person("editor"))


def delete_translation(scene):
    DeletePageAction(NewsArticle.objects.get(pk=scene.translation), user=person("editor")).execute()


def revise(scene):
    review.revise(state_of(scene), person("reviser.en"))


def send_back(scene):
    review.send_back(state_of(scene), person("reviser.en"), "Say it better.")


def stop(scene):
    detach.detach(state_of(scene), person("editor"))


def restart(scene):
    detach.reattach(state_of(scene), person("editor"))


def publish_by_hand(scene):
    page = NewsArticle.objects.get(pk=scene.translation).get_latest_revision_as_object()
    page.title = f"By hand {scene.page}"
    _save_and_publish(page, "editor")


def claim(scene):
    return state_of(scene).claim(person("translator.en"))


def claim_too(scene):
    return state_of(scene).claim(person("reviser.en"))


def release(scene):
    state_of(scene).release()


def answer(scene):
    questions.answer(Question.objects.get(pk=scene.question), "This.", person("officer"))


def answer_too(scene):
    questions.answer(Question.objects.get(pk=scene.question), "That.", person("editor"))


# With the tree


def move_back(scene):
    MovePageAction(Page.objects.get(pk=scene.page), section(FIRST), "last-child", user=person("editor")).execute()


def move_the_other(scene):
    MovePageAction(Page.objects.get(pk=scene.other), section(SECOND), "last-child", user=person("editor")).execute()


def put_first(scene):
    """The order below its section."""
    first = section(FIRST).get_first_child()
    MovePageAction(Page.objects.get(pk=scene.page), first, "left", user=person("editor")).execute()


def rename_section(scene):
    """Which changes the addresses of all that stands below it."""
    page = section(FIRST).get_latest_revision_as_object()
    page.slug = FIRST if page.slug != FIRST else f"{FIRST}-renamed"
    page.save_revision(user=person("admin")).publish(user=person("admin"))


def rename(scene):
    _publish(scene, slug=f"renamed-{scene.page}")


def create(scene):
    page = NewsArticle(title="New", summary="New.", date=timezone.now(), owner=person("officer"))
    section(FIRST).add_child(instance=page)
    page.save_revision(user=person("officer"))


def create_in_second(scene):
    section(SECOND).add_child(instance=NewsArticle(title="New", summary="New.", date=timezone.now()))


def copy(scene):
    page = _page(scene)
    CopyPageAction(
        page,
        to=page.get_parent(),
        update_attrs={"slug": f"copy-{scene.page}"},
        keep_live=False,
        user=person("officer"),
    ).execute()


def submit(scene):
    submission.submit(_page(scene), Locale.objects.get(language_code="en"), person("officer"))


# By itself


def scheduler(scene):
    """A round of its process."""
    schedule.publish_due()


scheduler.with_items = True
