"""Views for review, detaching and joint publication, and helpers of all views of the workflow."""

from functools import wraps
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.views.pages.utils import get_valid_next_url_from_request
from wagtail.models import Page
from wagtail_localize.strings import StringValue

from iom.core.translation_role import role_of
from iom.screens import PageScreen, Screen, edit_address
from iom.translation.models import JointPublication, TranslationState
from iom.translation.workflow import detach, joint_publication, policy, progress, review
from iom.translation.workflow.policy import allowed

MIN_REASON_LENGTH = 10  # characters


class DeskScreen(Screen):
    """A screen for users who may open the translation desk."""

    def may_open(self, user: Any) -> bool:
        return policy.may_open_desk(user)


def redirect_back(request: HttpRequest, fallback: str = "") -> HttpResponse:
    """Redirects to the address in `next`, if it is on this site; else to `fallback`, by default the desk.

    `redirect` would take the address for the name of a view.
    """
    return HttpResponseRedirect(get_valid_next_url_from_request(request) or fallback or reverse("translation_desk"))


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
    """Renders a screen that is below the editor in the breadcrumbs; `above` are the screens between them."""
    editor = state.editor_address()
    context = {
        "page_title": title,
        "header_title": title,
        "header_icon": "wagtail-localize-language",
        "breadcrumbs_items": [
            *PageScreen.breadcrumbs_items,
            {"url": editor, "label": state.page.get_admin_display_title()},
            *above,
            {"url": "", "label": title},
        ],
        "state": state,
        "page": state.page,
        "back_url": editor,
        **context,
    }
    return TemplateResponse(request, template, context, status=status)


def render_text_form(
    request: HttpRequest,
    state: TranslationState,
    heading: str,
    label: str,
    name: str,
    text: str,
    error: ValidationError | None,
    about: str = "",
) -> HttpResponse:
    """Renders a form with one text field: empty, or with the typed text and its error.

    `about` is the text that the user answers.
    """
    form = forms.Form({name: text})
    form.fields[name] = forms.CharField(
        label=label, required=False, widget=forms.Textarea({"rows": 6, "autofocus": True})
    )
    if error:
        form.add_error(name, error)
    status = 400 if error else 200
    return respond(request, state, "translation/words.html", heading, status=status, form=form, about=about)


@require_POST
@allowed(policy.may_translate)
def revise(request: HttpRequest, state: TranslationState) -> HttpResponse:
    try:
        review.revise(state, request.user)
    except review.NotRevised as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, gettext("The translation is marked as revised. Another person can publish it now."))
    return redirect(state.editor_address())


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
        return render_text_form(request, state, heading, gettext("What needs to be changed"), "reason", reason, error)
    else:
        messages.success(request, gettext("The translation has been sent back with your explanation."))
    return redirect(state.editor_address())


def confirm_detaching(request: HttpRequest, state: TranslationState) -> HttpResponse:
    back = redirect(state.editor_address())
    if not state.translation.enabled:
        messages.warning(request, gettext("The translation is already detached."))
        return back
    if request.method != "POST":
        return respond(request, state, "translation/detach_confirm.html", gettext("Detach from the original"))
    detach.detach(state, request.user)
    messages.success(request, gettext("This page is now edited like any other."))
    return back


class DiscardPassagesForm(forms.Form):
    without = forms.BooleanField(
        label=gettext_lazy("Continue without these passages"),
        error_messages={"required": gettext_lazy("Tick the box to confirm.")},
    )


def confirm_reattaching(request: HttpRequest, state: TranslationState) -> HttpResponse:
    back = redirect(state.editor_address())
    if state.translation.enabled:
        messages.warning(request, gettext("The page is already attached to its original."))
        return back
    passages = detach.manual_passages(state)
    own = [StringValue(text).render_text() for text, segment in passages if segment is None]
    form = (DiscardPassagesForm if own else forms.Form)(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        title = gettext("Attach the page to its original again")
        return respond(request, state, "translation/reattach_confirm.html", title, own=own, form=form)
    detach.reattach(state, request.user)
    messages.success(request, gettext("The page is back on the translation desk, with the changes made by hand."))
    return back


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why the publication cannot wait"),
        help_text=gettext_lazy("Your explanation is kept in the history of the page, with your name."),
        min_length=MIN_REASON_LENGTH,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"min_length": gettext_lazy("Explain in a few words why the publication cannot wait.")},
    )


def _get_joint_publication(page_id: int, user: Any) -> JointPublication:
    """Raises NoLongerWaiting if the page no longer waits and the user may cancel its publication; else Http404."""
    waiting = JointPublication.objects.select_related("page", "revision", "requested_by").filter(pk=page_id).first()
    if waiting is None:
        page = get_object_or_404(Page, pk=page_id).specific
        if not (role_of(page).is_submittable and policy.may_cancel_joint(user, page)):
            raise Http404
        raise joint_publication.NoLongerWaiting
    return waiting


def handle_no_longer_waiting(view: policy.View) -> policy.View:
    """Decorates a view of a page that waits: if it no longer waits, redirects to its editor with a message."""

    @wraps(view)
    def wrapper(request: HttpRequest, page_id: int) -> HttpResponseBase:
        try:
            return view(request, page_id=page_id)
        except joint_publication.NoLongerWaiting:
            text = gettext("Another person has published this page or cancelled its publication in the meantime.")
            messages.error(request, text)
            return redirect(edit_address(page_id))

    return wrapper


class PublishAloneView(PageScreen):
    """Asks the editor for the reason, then publishes the original without its translations."""

    template_name = "translation/joint_publication/publish_alone.html"
    page_title = gettext_lazy("Publish the original alone")
    header_icon = "upload"
    form_class = ReasonForm

    def find(self, page_id: int) -> Any:
        self.awaited = _get_joint_publication(page_id, self.request.user)
        return self.awaited.page.specific

    def may_open(self, user: Any) -> bool:
        return policy.may_publish_alone(user, self.page)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = [progress.summary(state) for state in joint_publication.unready_translations(self.page)]
        return super().get_context_data(**kwargs) | {"awaited": self.awaited, "lines": lines}

    def form_valid(self, form: ReasonForm) -> HttpResponse:
        try:
            is_live = joint_publication.publish_alone(self.awaited, self.request.user, form.cleaned_data["reason"])
        except ValidationError as error:
            form.add_error(None, error)
            return self.form_invalid(form)
        if is_live:
            text = gettext("“%(title)s” has been published without its translation.")
        else:
            text = gettext("“%(title)s” will be published at the scheduled time, with or without its translation.")
        buttons = [messages.button(self.page.url, gettext("View live"))] if is_live else []
        messages.success(self.request, text % {"title": self.page.get_admin_display_title()}, buttons=buttons)
        return redirect(self.back_url)


@require_POST
@handle_no_longer_waiting
def cancel_joint(request: HttpRequest, page_id: int) -> HttpResponse:
    """Cancels the publication of a page that waits for its translations."""
    awaited = _get_joint_publication(page_id, request.user)
    page = awaited.page.specific
    if not policy.may_cancel_joint(request.user, page):
        raise PermissionDenied
    joint_publication.cancel(awaited, request.user)
    text = gettext("The publication of “%(title)s” has been cancelled. The text is kept as a draft.")
    messages.success(request, text % {"title": page.get_admin_display_title()})
    return redirect(edit_address(page.pk))
