"""Where editors stop a translation, and give it back to the desk."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from iom.translation.models import TranslationState
from iom.translation.workflow import detach_views, policy
from iom.translation.workflow.guards import allowed

LOCALIZES = {"localize-restart-translation", "localize-convert-to-alias"}


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    guarded = allowed(policy.may_stop)
    return [
        path("translation/<int:translation_id>/stop/", guarded(detach_views.stop), name="translation_stop"),
        path("translation/<int:translation_id>/restart/", guarded(detach_views.restart), name="translation_restart"),
    ]


def stopped(page: Page) -> TranslationState | None:
    return TranslationState.objects.select_related("page").filter(page=page.pk, translation__enabled=False).first()


@hooks.register("before_edit_page", order=-10)  # before localize, which asks nobody and overwrites what was written
def say_that_it_is_stopped(request: HttpRequest, page: Page) -> HttpResponse | None:
    state = stopped(page)
    if state is None:
        return None
    if request.method == "POST" and "localize-restart-translation" in request.POST:
        return redirect("translation_restart", state.pk)  # which asks the policy
    if request.method == "GET":
        text = gettext("The translation of this page has been stopped: changes of its original do not reach it.")
        messages.info(request, text, buttons=_button(request.user, state))
    return None


def _button(user: Any, state: TranslationState) -> list[Any]:
    if not policy.may_stop(user, state):
        return []
    address = reverse("translation_restart", args=[state.pk])
    return [messages.button(address, gettext("Give back to the translators’ desk"))]


@hooks.register("construct_page_action_menu")
def without_localizes_items(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """An alias would take the page from its readers; restarting has its own button."""
    items[:] = [item for item in items if item.name not in LOCALIZES]
