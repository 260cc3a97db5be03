"""What browsers send at the same moment. Each has opened its page before; it is answered, and never by a fault."""

from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from iom.tests.concurrency.scenes import SECOND, person, section, state_of
from iom.translation.content import segments
from iom.translation.tests import screen
from iom.translation.tests.admin import bulk as bulk_address
from iom.translation.tests.admin import url
from iom.translation.tests.test_minor_corrections import form_data
from newsroom.models import NewsArticle

PEOPLE = ("officer", "editor", "admin", "translator.en", "reviser.en")


def opened(make):
    """The scene of `make`, with everyone's browser, and the forms as they were opened."""

    def made():
        scene = make()
        scene.page_now = NewsArticle.objects.get(pk=scene.page)
        scene.clients = {}
        for account in PEOPLE:
            scene.clients[account] = Client(raise_request_exception=False)
            scene.clients[account].force_login(person(account))
        if scene.state:
            scene.state_now = state_of(scene)
            texts = {"title": f"Another{scene.page}", "summary": "Summary.", "body.0": "One."}
            scene.form = screen.form(scene.state_now, texts)
        return scene

    made.__name__ = f"opened_{make.__name__}"
    return made


def post(scene, account, address, data=None):
    answer = scene.clients[account].post(address, data or {})
    if answer.status_code >= 500:
        raise AssertionError(f"{account} is answered {answer.status_code}") from answer.exc_info[1]
    return answer


def publish(scene):
    changes = {"title": "Autre titre", "summary": "Résumé.", "body-0-id": "0", "action-publish": "action-publish"}
    post(scene, "officer", url("edit", scene.page_now), form_data(scene.page_now, **changes))


def publish_too(scene):
    changes = {"title": "Tout autre", "summary": "Tout autre.", "body-0-id": "0", "action-publish": "action-publish"}
    post(scene, "admin", url("edit", scene.page_now), form_data(scene.page_now, **changes))


def publish_together(scene):
    changes = {"published_together": "on", "summary": "Résumé.", "body-0-id": "0", "action-publish": "action-publish"}
    post(scene, "officer", url("edit", scene.page_now), form_data(scene.page_now, **changes))


def unpublish(scene):
    post(scene, "editor", url("unpublish", scene.page_now))


def delete(scene):
    post(scene, "editor", url("delete", scene.page_now))


def move(scene):
    post(scene, "editor", reverse("wagtailadmin_pages:move_confirm", args=[scene.page, section(SECOND).pk]))


def bulk_publish(scene):
    post(scene, "officer", bulk_address("publish", scene.page_now))


def bulk_delete(scene):
    post(scene, "editor", bulk_address("delete", scene.page_now))


def approve(scene):
    task = TaskState.objects.filter(workflow_state__object_id=str(scene.page)).order_by("pk").last()
    if task is None:
        return
    post(scene, "editor", reverse("wagtailadmin_pages:workflow_action", args=[scene.page, "approve", task.pk]))


def publish_translation(scene):
    post(scene, "translator.en", screen.address(scene.state_now), {**scene.form, "action": "action-publish"})


def save_translation(scene):
    post(scene, "reviser.en", screen.address(scene.state_now), scene.form)


def stop(scene):
    post(scene, "editor", reverse("translation_detach", args=[scene.state]))


def claim(scene):
    post(scene, "reviser.en", reverse("translation_claim", args=[scene.state]))


def revise(scene):
    post(scene, "reviser.en", reverse("translation_revise", args=[scene.state]))


def _type(scene, account, text):
    """One passage, as the editor's script sends it; whether it is stored."""
    segment = next(row for row in segments.load_text(scene.state_now.translation) if row.path == "summary")
    address = reverse("translation_segment", args=[scene.state, segment.pk])
    return post(scene, account, address, {"text": text, "seen": ""}).json()["is_saved"]


def type_summary(scene):
    return _type(scene, "translator.en", "Mine.")


def type_summary_too(scene):
    return _type(scene, "reviser.en", "Hers.")


def take_back(scene):
    post(scene, "officer", reverse("translation_cancel_joint", args=[scene.page]))
