"""The reviser finds a translation good, or sends it back."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from iom.translation.models import TranslationState
from iom.translation.workflow import policy, review
from iom.translation.workflow.forms import ask_again, editor_address
from iom.translation.workflow.guards import allowed


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
