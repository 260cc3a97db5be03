"""Publishing both languages together: what the editor does on the button, and what it says while it waits."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page, Revision

from iom.translation.models import JointPublication, TranslationState
from iom.translation.workflow import awaited as awaited_text
from iom.translation.workflow import joint_publication, log, policy
from iom.translation.workflow.joint_views import PublishAloneView, cancel_joint, edit_address


@hooks.register("before_publication")
def wait_for_the_translation(page: Page, revision: Revision | None, user: Any) -> bool:
    """What is made public without a revision, a copy for example, waits for no translation."""
    return revision is not None and joint_publication.hold(page, revision, user)


hooks.register("due_items", joint_publication.due_items)


@hooks.register("before_publish_page")
def publish_together(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Wagtail's editor publishes one page, and does not say what goes live with it."""
    revision = page.latest_revision
    is_scheduled = JointPublication.objects.filter(page=page.pk).exists()
    if is_scheduled or not TranslationState.objects.filter(original=page.pk, ready=True).exists():
        return None
    try:
        revision.publish(user=request.user, skip_permission_checks=True)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(edit_address(page.pk))
    if TranslationState.objects.filter(original=page.pk, translation__enabled=True, page__live=False).exists():
        text = gettext("“%(title)s” has been published. Its translation could not be: open it to see why.")
    else:
        text = gettext("“%(title)s” has been published, together with its translation.")
    live = type(page).objects.get(pk=page.pk)
    messages.success(
        request,
        text % {"title": live.get_admin_display_title()},
        buttons=[
            messages.button(live.url, gettext("View live")),
            messages.button(edit_address(page.pk), gettext("Edit")),
        ],
    )
    return redirect("wagtailadmin_explore", page.get_parent().pk)


@hooks.register("before_edit_page")
def say_what_it_waits_for(request: HttpRequest, page: Page) -> None:
    """Above the form, as Wagtail does with a lock."""
    is_shown = request.method == "GET" and "_w_hydrate_create_view" not in request.GET
    awaited = JointPublication.objects.filter(page=page.pk).select_related("requested_by").first()
    if awaited is None or not is_shown:
        return
    context = {
        "awaited": awaited,
        "page": page,
        "lines": [awaited_text.line(state) for state in joint_publication.waits_for(page)],
        "may_publish_alone": policy.may_publish_alone(request.user, page),
        "may_cancel": policy.may_cancel_joint(request.user, page),
    }
    messages.warning(request, render_to_string("translation/joint/awaited.html", context, request=request))


@hooks.register("insert_global_admin_css")
def what_it_looks_like() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/joint.css"))


@hooks.register("register_admin_urls")
def joint_addresses() -> list[URLPattern]:
    return [
        path("translation/publish-alone/<int:page_id>/", PublishAloneView.as_view(), name="translation_publish_alone"),
        path("translation/cancel-joint/<int:page_id>/", cancel_joint, name="translation_cancel_joint"),
    ]


@hooks.register("register_log_actions")
def register_waiting(actions: LogActionRegistry) -> None:
    actions.register_action(
        log.HOLD, gettext_lazy("Publish together with the translation"), gettext_lazy("Waits for its translation")
    )
    actions.register_action(
        log.CANCEL_JOINT, gettext_lazy("Do not wait for the translation"), gettext_lazy("Publication taken back")
    )
