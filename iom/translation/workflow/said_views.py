"""What is said of a passage in the translators’ editor: questions, answers, comments; what is still to answer."""

from collections.abc import Callable
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
from iom.translation.workflow.policy import allowed, said_or_404
from iom.translation.workflow.views import DeskScreen, ask_again, wants_json
from iom.users import WRITES_ORIGINALS


@require_POST
@allowed(policy.may_translate)
def ask(request: HttpRequest, state: TranslationState, segment_id: int) -> HttpResponse:
    """Puts a question on a segment and goes back to it."""
    segment = segments.of_translation(state.translation).with_pk(segment_id)
    text = request.POST.get("text", "")
    try:
        if segment is None:
            raise ValidationError(gettext("This passage has changed. Ask your question below the new text."))
        questions.ask(state, segment, text, request.user)
    except ValidationError as error:
        heading = gettext("Ask the author a question")
        return ask_again(request, state, heading, gettext("Your question"), "text", text, error, segment_id)
    return _back(request, state, segment, gettext("Your question has been sent to the author."), _questions)


@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, question_id: int) -> HttpResponse:
    """Answers a question and goes back to its segment. By GET, the box for the answer: with the passage, or by itself
    for a passage that is gone, and for who may not open the translation."""
    question, state = said_or_404(Question, question_id)
    if not policy.may_answer(request.user, state):
        raise PermissionDenied
    shown_with = questions.place(question)
    text, error = question.answer, None
    if request.method == "POST":
        text = request.POST.get("answer", "")
        try:
            questions.answer(question, text, request.user)
        except ValidationError as refusal:
            error = refusal
        else:
            done = gettext("Your answer has been sent. It is shown with the passage.")
            return _back(request, state, shown_with, done, _questions)
    elif shown_with and policy.may_see(request.user, state):
        return redirect(questions.address(question))
    heading, label = gettext("Answer the translator"), gettext("Your answer")
    segment_id = shown_with.pk if shown_with else None
    return ask_again(request, state, heading, label, "answer", text, error, segment_id, question.text)


@require_POST
@allowed(policy.may_translate)
def comment(request: HttpRequest, state: TranslationState, segment_id: int) -> HttpResponse:
    segment = segments.of_translation(state.translation).with_pk(segment_id)
    text = request.POST.get("text", "")
    try:
        if segment is None:
            raise ValidationError(gettext("This passage has changed. Write your comment below the new text."))
        comments.write(state, segment, text, request.user)
    except ValidationError as error:
        heading = gettext("Comment on this passage")
        return ask_again(request, state, heading, gettext("Your comment"), "text", text, error, segment_id)
    return _back(request, state, segment, gettext("Your comment is shown with the passage."), _comments)


@require_POST
def resolve(request: HttpRequest, comment_id: int) -> HttpResponse:
    """Resolves a comment, or opens it again where `open` is sent."""
    comment, state = said_or_404(Comment, comment_id)
    if not policy.may_translate(request.user, state):
        raise PermissionDenied
    is_resolved = "open" not in request.POST
    comments.resolve(comment, request.user, is_resolved=is_resolved)
    done = gettext("The comment is resolved.") if is_resolved else gettext("The comment is open again.")
    return _back(request, state, questions.place(comment), done, _comments)


Show = Callable[[HttpRequest, TranslationState, Segment], str]


def _back(
    request: HttpRequest, state: TranslationState, segment: Segment | None, done: str, show: Show
) -> HttpResponse:
    """To the passage; for a script, what `show` makes of it."""
    if wants_json(request) and segment is not None:
        return JsonResponse({"message": done, "html": show(request, state, segment)})
    messages.success(request, done)
    if not policy.may_see(request.user, state):
        return redirect("translation_questions")
    return redirect(state.editor_address(segment.pk if segment else None))


def _questions(request: HttpRequest, state: TranslationState, segment: Segment) -> str:
    """Those of one segment as they now are."""
    mine = questions.by_segment(state.translation).get((segment.context_id, segment.string_id), [])
    context = {
        "state": state,
        "segment": segment,
        "questions": mine,
        "may_ask": policy.may_translate(request.user, state),
        "may_answer": policy.may_answer(request.user, state),
    }
    return render_to_string("translation/questions.html", context, request)


def _comments(request: HttpRequest, state: TranslationState, segment: Segment) -> str:
    found = comments.by_segment(state.translation).get((segment.context_id, segment.string_id), [])
    context = {"state": state, "segment": segment, "comments": found, "may_ask": True}
    return render_to_string("translation/comments.html", context, request)


class QuestionsView(DeskScreen, TemplateView):
    """The questions that the user has to answer, and those that the user has asked."""

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
