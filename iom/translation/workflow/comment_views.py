"""Comments on a passage in the translators’ editor: written, resolved, opened again."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from iom.translation.content import segments
from iom.translation.content.segments import Segment
from iom.translation.models import Comment, TranslationState
from iom.translation.workflow import comments, policy, questions
from iom.translation.workflow.policy import allowed, said_or_404
from iom.translation.workflow.views import ask_again, wants_json


@require_POST
@allowed(policy.may_translate)
def write(request: HttpRequest, state: TranslationState, segment_id: int) -> HttpResponse:
    segment = segments.of_translation(state.translation).with_pk(segment_id)
    text = request.POST.get("text", "")
    try:
        if segment is None:
            raise ValidationError(gettext("This passage has changed. Write your comment below the new text."))
        comments.write(state, segment, text, request.user)
    except ValidationError as error:
        heading = gettext("Comment on this passage")
        return ask_again(request, state, heading, gettext("Your comment"), "text", text, error, segment_id)
    return _back(request, state, segment, gettext("Your comment is shown with the passage."))


@require_POST
def resolve(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Resolves a comment, or opens it again where `open` is sent."""
    comment, state = said_or_404(Comment, comment_id)
    if not policy.may_translate(request.user, state):
        raise PermissionDenied
    is_resolved = "open" not in request.POST
    comments.resolve(comment, request.user, is_resolved=is_resolved)
    done = gettext("The comment is resolved.") if is_resolved else gettext("The comment is open again.")
    return _back(request, state, questions.place(comment), done)


def _back(request: HttpRequest, state: TranslationState, segment: Segment | None, done: str) -> HttpResponse:
    if wants_json(request) and segment is not None:
        found = comments.by_segment(state.translation).get((segment.context_id, segment.string_id), [])
        context = {"state": state, "segment": segment, "comments": found, "may_ask": True}
        html = render_to_string("translation/comments.html", context, request)
        return JsonResponse({"message": done, "html": html})
    messages.success(request, done)
    return redirect(state.editor_address(segment.pk if segment else None))
