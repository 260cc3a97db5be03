"""The workflow's Wagtail hooks: publication, the page editor, menus, admin URLs and the log."""

from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem
from wagtail.models import Page, Revision

from iom.core.forms import MINOR
from iom.core.translation_role import Role, role_of
from iom.screens import add_report_item, edit_address, is_opened
from iom.translation.models import JointPublication, TranslationState
from iom.translation.workflow import (
    bulk_actions,
    history,
    instructions,
    joint_publication,
    log,
    policy,
    progress,
    publication,
    question_views,
    review,
    views,
)
from iom.translation.workflow.policy import allowed

add_report_item(
    policy.may_open_desk,
    gettext_lazy("Questions from translators"),
    "translation_questions",
    icon_name="help",
    order=710,
)
hooks.register(
    "register_admin_viewset",
    partial(review.LanguageRuleViewSet, "language_rules", url_prefix="translation/languages"),
)
hooks.register("due_items", joint_publication.due_items)
hooks.register("register_log_actions", log.register_actions)
hooks.register("register_log_actions", instructions.register_action)
for _action in (
    bulk_actions.PublishWithoutTranslations,
    bulk_actions.UnpublishWithTranslations,
    bulk_actions.DeleteWithTranslations,
    bulk_actions.MoveWithTranslations,
):
    hooks.register("register_bulk_action", _action, order=10)  # replaces Wagtail's


@hooks.register("before_publication")
def hold_for_translations(page: Page, revision: Revision | None, user: Any) -> bool:
    """Holds an original for its translations. A publication without a revision, such as a copy, is not held."""
    if revision is None or publication.prepared_for(revision):
        return False
    return joint_publication.hold(page, revision, user)


@hooks.register("before_publication")
def check_translation(page: Page, revision: Revision | None, user: Any) -> bool:
    """Refuses a translation that must not be published, whoever publishes it.

    After a refusal, the scheduler shows the page's officer the reason.
    """
    publication.check(page, revision)
    return False


@hooks.register("register_admin_urls")
def register_workflow_urls() -> list[URLPattern]:
    translation = "translation/<int:translation_id>/"
    version = f"{translation}versions/<int:version_id>/"
    may_detach = allowed(policy.may_detach)
    publish_alone = views.handle_no_longer_waiting(views.PublishAloneView.as_view())
    return [
        path(f"{translation}revise/", views.revise, name="translation_revise"),
        path(f"{translation}send-back/", views.send_back, name="translation_send_back"),
        path(f"{translation}detach/", may_detach(views.confirm_detaching), name="translation_detach"),
        path(f"{translation}reattach/", may_detach(views.confirm_reattaching), name="translation_reattach"),
        path(f"{translation}ask/<int:segment_id>/", question_views.ask, name="translation_ask"),
        path("translation/questions/", question_views.QuestionsView.as_view(), name="translation_questions"),
        path("translation/questions/<int:question_id>/answer/", question_views.answer, name="translation_answer"),
        path(f"{translation}comment/<int:segment_id>/", question_views.comment, name="translation_comment"),
        path("translation/comments/<int:comment_id>/", question_views.resolve, name="translation_resolve_comment"),
        path(f"{translation}versions/", history.versions, name="translation_versions"),
        path(version, history.version, name="translation_version"),
        path(f"{version}use/<int:number>/", history.restore_passage, name="translation_use"),
        path("translation/publish-alone/<int:page_id>/", publish_alone, name="translation_publish_alone"),
        path("translation/cancel-joint/<int:page_id>/", views.cancel_joint, name="translation_cancel_joint"),
    ]


# Before localize, which restarts without a check and overwrites the text
@hooks.register("before_edit_page", order=-10)
def show_that_translation_is_detached(request: HttpRequest, page: Page) -> HttpResponse | None:
    if role_of(page) != Role.DETACHED:
        return None
    state = TranslationState.objects.select_related("page").filter(page=page.pk).first()
    if state is None:  # the page was made by hand and is not on the desk
        return None
    if request.method == "POST" and "localize-restart-translation" in request.POST:
        return redirect("translation_reattach", state.pk)  # that view checks the permission
    if request.method == "GET":
        text = gettext("This page is detached from its original. Changes to the original are not carried over.")
        address = reverse("translation_reattach", args=[state.pk])
        button = messages.button(address, gettext("Attach to the original again"))
        messages.info(request, text, buttons=[button] if policy.may_detach(request.user, state) else [])
    return None


@hooks.register("before_publish_page")
def publish_together(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Publishes a page whose translations are ready, and names them. Wagtail's own message names only one page."""
    revision = page.latest_revision
    is_scheduled = JointPublication.objects.filter(page=page.pk).exists()
    ready = list(TranslationState.objects.filter(original=page.pk, ready=True).values_list("pk", flat=True))
    if is_scheduled or not ready:
        return None
    try:
        revision.publish(user=request.user, skip_permission_checks=True)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(edit_address(page.pk))
    states = TranslationState.objects.filter(pk__in=ready).select_related("locale").order_by("locale")
    if unpublished := states.exclude(step=TranslationState.Step.TRANSLATED):
        text = gettext("“%(title)s” has been published, but not in: %(languages)s. Open the translation to see why.")
        locales = [state.locale for state in unpublished]
    else:
        text = gettext("“%(title)s” has been published in: %(languages)s.")
        locales = [page.locale, *(state.locale for state in states)]
    languages = ", ".join(locale.get_display_name() for locale in locales)
    live = type(page).objects.get(pk=page.pk)
    messages.success(
        request,
        text % {"title": live.get_admin_display_title(), "languages": languages},
        buttons=[
            messages.button(live.url, gettext("View live")),
            messages.button(edit_address(page.pk), gettext("Edit")),
        ],
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_edit_page")
def show_awaited_translations(request: HttpRequest, page: Page) -> None:
    """Shows above the form which translations the page waits for, as Wagtail does with a lock."""
    awaited = JointPublication.objects.filter(page=page.pk).select_related("requested_by").first()
    if awaited is None or not is_opened(request):
        return
    context = {
        "awaited": awaited,
        "page": page,
        "lines": [progress.summary(state) for state in joint_publication.unready_translations(page)],
        "may_publish_alone": policy.may_publish_alone(request.user, page),
        "may_cancel": policy.may_cancel_joint(request.user, page),
    }
    messages.warning(request, render_to_string("translation/joint_publication/awaited.html", context, request=request))


class PublishAgainItem(PublishMenuItem):
    """Wagtail's publish button. Its value is the kind of change, which `iom.core.forms.PageForm` reads."""

    template_name = "translation/action_menu/publish_again.html"

    def __init__(self, order: int, value: str, labels: tuple[Any, Any, Any]) -> None:
        super().__init__(order)
        self.value = value
        self.label, self.scheduling_label, self.reverting_label = labels

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        if context["is_scheduled"]:
            context["label"] = self.scheduling_label
        elif context["is_revision"]:
            context["label"] = self.reverting_label
        return context | {"value": self.value}


# By kind of change, the button's labels: to publish, to schedule, to publish an earlier version.
PUBLISH_LABELS = {
    "meaning": (
        gettext_lazy("Publish: the meaning changes"),
        gettext_lazy("Schedule: the meaning changes"),
        gettext_lazy("Publish this version: the meaning changes"),
    ),
    MINOR: (
        gettext_lazy("Publish: minor correction"),
        gettext_lazy("Schedule: minor correction"),
        gettext_lazy("Publish this version: minor correction"),
    ),
}


@hooks.register("construct_page_action_menu")
def ask_whether_meaning_changes(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Replaces the publish button with one for each kind of change, the safe one first."""
    if context["view"] == "create" or not progress.has_readers_in_translation(context["page"]):
        return
    for index, item in enumerate(items):
        if isinstance(item, PublishMenuItem):
            items[index : index + 1] = [PublishAgainItem(item.order, *change) for change in PUBLISH_LABELS.items()]
            return
