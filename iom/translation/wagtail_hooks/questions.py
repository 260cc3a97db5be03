from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from iom.translation.workflow import policy, question_views


@hooks.register("register_admin_urls")
def register_question_urls() -> list[URLPattern]:
    return [
        path("translation/questions/", question_views.QuestionsView.as_view(), name="translation_questions"),
        path("translation/<int:translation_id>/ask/<int:segment_id>/", question_views.ask, name="translation_ask"),
        path("translation/questions/<int:question_id>/answer/", question_views.answer, name="translation_answer"),
    ]


class QuestionsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return policy.may_open_desk(request.user)


@hooks.register("register_reports_menu_item")
def register_questions_menu_item() -> MenuItem:
    return QuestionsMenuItem(
        gettext_lazy("Questions from translators"), reverse("translation_questions"), icon_name="help", order=710
    )
