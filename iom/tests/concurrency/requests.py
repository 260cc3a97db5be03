"""Requests that browsers send at the same moment, each from a page that was opened before. None fails with 5xx."""

from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from iom.tests.concurrency.scenarios import SECOND, person, section, state_of
from iom.translation.content import segments
from iom.translation.tests import screen
from iom.translation.tests.admin import bulk as bulk_address
from iom.translation.tests.admin import url
from iom.translation.tests.test_minor_corrections import form_data
from newsroom.models import NewsArticle

PEOPLE = ("officer", "editor", "admin", "translator.en", "reviser.en")


def with_open_forms(make):
    """Returns a function that adds to the scenario of `make` a client for each person, and their opened forms."""

    def made():
        scenario = make()
        scenario.page_now = NewsArticle.objects.get(pk=scenario.page)
        scenario.clients = {}
        for account in PEOPLE:
            scenario.clients[account] = Client(raise_request_exception=False)
            scenario.clients[account].force_login(person(account))
        if scenario.state:
            scenario.state_now = state_of(scenario)
            texts = {"title": f"Another{scenario.page}", "summary": "Summary.", "body.0": "One."}
            scenario.form = screen.form(scenario.state_now, texts)
        return scenario

    made.__name__ = f"with_open_forms_{make.__name__}"
    return made


def post(scenario, account, address, data=None):
    answer = scenario.clients[account].post(address, data or {})
    if answer.status_code >= 500:
        raise AssertionError(f"{account} is answered {answer.status_code}") from answer.exc_info[1]
    return answer


def publish(scenario):
    changes = {"title": "Autre titre", "summary": "Résumé.", "body-0-id": "0", "action-publish": "action-publish"}
    post(scenario, "officer", url("edit", scenario.page_now), form_data(scenario.page_now, **changes))


def publish_as_admin(scenario):
    changes = {"title": "Tout autre", "summary": "Tout autre.", "body-0-id": "0", "action-publish": "action-publish"}
    post(scenario, "admin", url("edit", scenario.page_now), form_data(scenario.page_now, **changes))


def request_joint_publication(scenario):
    changes = {"published_together": "on", "summary": "Résumé.", "body-0-id": "0", "action-publish": "action-publish"}
    post(scenario, "officer", url("edit", scenario.page_now), form_data(scenario.page_now, **changes))


def unpublish(scenario):
    post(scenario, "editor", url("unpublish", scenario.page_now))


def delete(scenario):
    post(scenario, "editor", url("delete", scenario.page_now))


def move(scenario):
    post(scenario, "editor", reverse("wagtailadmin_pages:move_confirm", args=[scenario.page, section(SECOND).pk]))


def bulk_publish(scenario):
    post(scenario, "officer", bulk_address("publish", scenario.page_now))


def bulk_delete(scenario):
    post(scenario, "editor", bulk_address("delete", scenario.page_now))


def approve(scenario):
    task = TaskState.objects.filter(workflow_state__object_id=str(scenario.page)).order_by("pk").last()
    if task is None:
        return
    post(scenario, "editor", reverse("wagtailadmin_pages:workflow_action", args=[scenario.page, "approve", task.pk]))


def publish_translation(scenario):
    post(scenario, "translator.en", screen.address(scenario.state_now), {**scenario.form, "action": "action-publish"})


def save_translation_as_reviser(scenario):
    post(scenario, "reviser.en", screen.address(scenario.state_now), scenario.form)


def detach_translation(scenario):
    post(scenario, "editor", reverse("translation_detach", args=[scenario.state]))


def claim(scenario):
    post(scenario, "reviser.en", reverse("translation_claim", args=[scenario.state]))


def revise(scenario):
    post(scenario, "reviser.en", reverse("translation_revise", args=[scenario.state]))


def _save_passage(scenario, account, text):
    """Sends one passage as the script of the editor does. Returns whether it was saved."""
    segment = next(row for row in segments.load_text(scenario.state_now.translation) if row.path == "summary")
    address = reverse("translation_segment", args=[scenario.state, segment.pk])
    return post(scenario, account, address, {"text": text, "seen": ""}).json()["is_saved"]


def save_summary(scenario):
    return _save_passage(scenario, "translator.en", "Mine.")


def save_summary_as_reviser(scenario):
    return _save_passage(scenario, "reviser.en", "Hers.")


def cancel_joint_publication(scenario):
    post(scenario, "officer", reverse("translation_cancel_joint", args=[scenario.page]))
