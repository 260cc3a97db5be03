"""Views for questions, answers and comments on a segment in the translators’ editor, and the list of questions."""

from itertools import islice
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages

from iom.translation.content import segments
from iom.translation.content.segments import Segment
from iom.translation.models import Comment, Question, TranslationState
from iom.translation.workflow import comments, policy, questions
from iom.translation.workflow.policy import allowed, get_with_state_or_404
from iom.translation.workflow.views import DeskScreen, render_text_form
from iom.users import WRITES_ORIGINALS


@require_POST
@allowed(policy.may_translate)
def ask(request: HttpRequest, state: TranslationState, segment_id: int) -> JsonResponse:
    """Stores a question on a segment."""
    segment = segments.load_text(state.translation).with_pk(segment_id)
    try:
        if segment is None:
            raise ValidationError(gettext("This passage has changed. Ask your question below the new text."))
        questions.ask(state, segment, request.POST.get("text", ""), request.user)
    except ValidationError as error:
        return _error_response(error)
    return _saved_response(
        gettext("Your question has been sent to the author."), _render_questions(request, state, segment)
    )


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, question_id: int) -> HttpResponse:
    """Answers a question. GET redirects to the answer field in the editor; it renders a form of its own if the passage
    is gone or the user may not open the translation."""
    question, state = get_with_state_or_404(Question, question_id)
    if not policy.may_answer(request.user, state):
        raise PermissionDenied
    segment = questions.segment_of(question)
    may_see = policy.may_see(request.user, state)
    text, error = question.answer, None
    if request.method == "POST":
        by_script = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
        text = request.POST.get("answer", "")
        try:
            questions.answer(question, text, request.user)
        except ValidationError as refusal:
            if by_script:
                return _error_response(refusal)
            error = refusal
        else:
            done = gettext("Your answer has been sent.")
            if segment:
                done = gettext("Your answer has been sent. It is shown with the passage.")
            if by_script and segment:
                return _saved_response(done, _render_questions(request, state, segment))
            messages.success(request, done)
            return redirect(state.editor_address(segment and segment.pk) if may_see else "translation_questions")
    elif segment and may_see:
        return redirect(questions.address(question))
    heading, label = gettext("Answer the translator"), gettext("Your answer")
    return render_text_form(request, state, heading, label, "answer", text, error, question.text)


@require_POST
@allowed(policy.may_translate)
def comment(request: HttpRequest, state: TranslationState, segment_id: int) -> JsonResponse:
    segment = segments.load_text(state.translation).with_pk(segment_id)
    try:
        if segment is None:
            raise ValidationError(gettext("This passage has changed. Write your comment below the new text."))
        comments.write(state, segment, request.POST.get("text", ""), request.user)
    except ValidationError as error:
        return _error_response(error)
    return _saved_response(
        gettext("Your comment is shown with the passage."), _render_comments(request, state, segment)
    )


@require_POST
def resolve(request: HttpRequest, comment_id: int) -> JsonResponse:
    """Resolves a comment, or opens it again where `open` is sent."""
    comment, state = get_with_state_or_404(Comment, comment_id)
    if not policy.may_translate(request.user, state):
        raise PermissionDenied
    is_resolved = "open" not in request.POST
    comments.resolve(comment, request.user, is_resolved=is_resolved)
    done = gettext("The comment is resolved.") if is_resolved else gettext("The comment is open again.")
    segment = questions.segment_of(comment)
    return _saved_response(done, _render_comments(request, state, segment) if segment else "")


def _saved_response(message: str, html: str) -> JsonResponse:
    """Returns a message and the updated HTML for the editor's script."""
    return JsonResponse({"message": message, "html": html})


def _error_response(error: ValidationError) -> JsonResponse:
    return JsonResponse({"error": " ".join(error.messages)}, status=400)


def _render_questions(request: HttpRequest, state: TranslationState, segment: Segment) -> str:
    """Renders the present questions on one segment."""
    found = questions.by_segment(state.translation).get((segment.context_id, segment.string_id), [])
    context = {
        "state": state,
        "segment": segment,
        "questions": found,
        "may_ask": policy.may_translate(request.user, state),
        "may_answer": policy.may_answer(request.user, state),
    }
    return render_to_string("translation/questions.html", context, request)


def _render_comments(request: HttpRequest, state: TranslationState, segment: Segment) -> str:
    found = comments.by_segment(state.translation).get((segment.context_id, segment.string_id), [])
    context = {"state": state, "segment": segment, "comments": found, "may_ask": True}
    return render_to_string("translation/comments.html", context, request)


class QuestionsView(DeskScreen, TemplateView):
    """Lists the questions that the user may answer, and those that the user has asked."""

    template_name = "translation/questions_page.html"
    page_title = gettext_lazy("Questions from translators")
    header_icon = "help"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "waiting": list(questions.open_for(user)),
            "asked": list(islice(questions.asked_by(user), 50)),
            "writes_originals": user.has_perm(WRITES_ORIGINALS),
        }
