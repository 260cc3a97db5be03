"""Reviewing and detaching a translation, the rules of a language; and what the views of the workflow share."""

from typing import Any

from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import BooleanColumn, Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail_localize.strings import StringValue

from iom.translation.models import LanguageRule, TranslationState
from iom.translation.workflow import detach, policy, review
from iom.translation.workflow.policy import allowed
from iom.translation.workflow.questions import LONGEST, editor_address


def wants_json(request: HttpRequest) -> bool:
    """Whether a script of the editor asks, and not a form."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def back(request: HttpRequest, otherwise: str) -> HttpResponse:
    """Redirects to the address on this site in `next`; `redirect` would take it for the name of a view."""
    return HttpResponseRedirect(get_valid_next_url_from_request(request) or otherwise)


def respond(
    request: HttpRequest,
    state: TranslationState,
    template: str,
    title: str,
    *,
    above: tuple[dict[str, str], ...] = (),
    status: int = 200,
    **context: Any,
) -> TemplateResponse:
    """A screen below the editor in the breadcrumbs; `above` are the screens between the two."""
    editor = editor_address(state)
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "wagtail-localize-language",
        "breadcrumbs_items": [
            {"url": reverse("wagtailadmin_home"), "label": ""},
            {"url": editor, "label": state.page.get_admin_display_title()},
            *above,
            {"url": "", "label": title},
        ],
        "state": state,
        "back": editor,
        **context,
    }
    return TemplateResponse(request, template, context, status=status)


def ask_again(
    request: HttpRequest,
    state: TranslationState,
    heading: str,
    label: str,
    name: str,
    text: str,
    error: ValidationError,
    segment_id: int | None = None,
    about: str = "",
) -> HttpResponse:
    """The form once more, with what was typed and what is wrong with it."""
    if wants_json(request):
        return JsonResponse({"error": " ".join(error.messages)}, status=400)
    return respond(
        request,
        state,
        "translation/words.html",
        heading,
        status=400,
        page_subtitle=str(state.page),
        label=label,
        name=name,
        text=text,
        errors=error.messages,
        about=about,
        longest=LONGEST,
        back=editor_address(state, segment_id),
    )


@require_POST
@allowed(policy.may_translate)
def revise(request: HttpRequest, state: TranslationState) -> HttpResponse:
    try:
        review.revise(state, request.user)
    except review.NotRevised as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("Revised. Another person can publish it now."))
    return redirect(editor_address(state))


@require_POST
@allowed(policy.may_translate)
def send_back(request: HttpRequest, state: TranslationState) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        review.send_back(state, request.user, reason)
    except review.NotRevised as refusal:
        messages.error(request, str(refusal))
    except ValidationError as error:
        heading = gettext("Send back to the translator")
        return ask_again(request, state, heading, gettext("What is to be changed"), "reason", reason, error)
    else:
        messages.success(request, gettext("Sent back. The translator is told why."))
    return redirect(editor_address(state))


def stop(request: HttpRequest, state: TranslationState) -> HttpResponse:
    back = redirect(editor_address(state))
    if not state.translation.enabled:
        messages.warning(request, gettext("The translation has been stopped already."))
        return back
    if request.method != "POST":
        return respond(request, state, "translation/detach_confirm.html", gettext("Stop the translation"))
    detach.detach(state, request.user)
    messages.success(request, gettext("This page is edited like any other now."))
    return back


def restart(request: HttpRequest, state: TranslationState) -> HttpResponse:
    back = redirect(editor_address(state))
    if state.translation.enabled:
        messages.warning(request, gettext("The page is on the translators’ desk already."))
        return back
    own = [passage for passage in detach.manual_passages(state) if passage.segment_id is None]
    is_confirmed = request.method == "POST" and (not own or request.POST.get("without") == "on")
    if not is_confirmed:
        texts = [StringValue(passage.text).render_text() for passage in own]
        title = gettext("Give the page back to the translators’ desk")
        error = gettext("Say that you have read this.") if request.method == "POST" else ""
        return respond(request, state, "translation/reattach_confirm.html", title, own=texts, error=error)
    detach.reattach(state, request.user)
    messages.success(request, gettext("The page is on the translators’ desk again, with what was written by hand."))
    return back


class OnlyChange(ModelPermissionPolicy):
    """Nobody adds or deletes a rule by hand."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in ("change", "view") and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


register_permission_policy(LanguageRule, OnlyChange(LanguageRule))


class EditView(generic.EditView):
    def save_instance(self) -> LanguageRule:
        rule: LanguageRule = super().save_instance()
        review.apply(rule)
        return rule


class LanguageRuleViewSet(ModelViewSet):
    model = LanguageRule
    icon = "wagtail-localize-language"
    menu_order = 604  # below the languages
    add_to_settings_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    edit_view_class = EditView
    list_display = [
        TitleColumn("locale", label=gettext_lazy("Into"), url_name="language_rules:edit"),
        Column("translators", label=gettext_lazy("Translators")),
        BooleanColumn("review", label=gettext_lazy("Revised by another person")),
    ]
    search_fields = None
    panels = [FieldPanel("translators", read_only=True), FieldPanel("review")]

    def get_permissions_to_register(self) -> QuerySet[Permission]:
        return super().get_permissions_to_register().filter(codename="change_languagerule")
