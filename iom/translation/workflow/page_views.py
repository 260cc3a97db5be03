"""Wagtail's page views, with the translations that follow their originals."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.revisions import RevisionsUnscheduleView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page, Revision

from iom.core.scheduling import not_scheduled_message
from iom.publishing import locking
from iom.translation.workflow import follow_original


def translations_context(page: Page) -> dict[str, Any]:
    """Returns what a confirmation names: the translations that follow the page, or its original."""
    return {
        "translations": list(follow_original.translations_of(page).specific()),
        "original": follow_original.original_of(page),
    }


@method_decorator(locking.atomic, name="post")
class UnpublishWithTranslationsView(UnpublishView):
    template_name = "translation/follow_original/unpublish.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | translations_context(self.object)
        context["translations"] = [page for page in context["translations"] if page.live]
        return context


@method_decorator(locking.atomic, name="dispatch")
class DeleteWithTranslationsView(DeleteView):
    template_name = "translation/follow_original/delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | translations_context(self.page)


@method_decorator(locking.atomic, name="post")
class MoveWithTranslationsView(MoveConfirmView):
    template_name = "translation/follow_original/move.html"

    def dispatch(self, request: HttpRequest, page_to_move_id: int, destination_id: int, **kwargs: Any) -> HttpResponse:
        page = Page.objects.filter(pk=page_to_move_id).first()
        destination = Page.objects.filter(pk=destination_id).first()
        if page and destination and page.permissions_for_user(request.user).can_move_to(destination):
            try:
                follow_original.check_move(page, destination)
            except follow_original.MoveRefused as refused:
                messages.error(request, str(refused))
                return redirect("wagtailadmin_pages:move", page_to_move_id)
        return super().dispatch(request, page_to_move_id, destination_id, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | translations_context(self.page_to_move)


@method_decorator(locking.atomic, name="post")
class UnscheduleView(RevisionsUnscheduleView):
    """Refuses to cancel a schedule that has already been carried out. Wagtail's view reports it as cancelled."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        locking.lock_translations(self.object.translation_key)
        if Revision.objects.filter(pk=self.revision.pk, approved_go_live_at__isnull=False).exists():
            return super().post(request, *args, **kwargs)
        is_public = Page.objects.filter(pk=self.object.pk, live_revision=self.revision.pk).exists()
        text = gettext("“%(title)s” has already been published.") if is_public else not_scheduled_message()
        messages.error(request, text % {"title": self.get_object_display_title()})
        return redirect(self.get_next_url())


@method_decorator(locking.atomic, name="form_valid")  # saves the restriction and updates lists in one transaction
class SetPrivacyWithTranslationsView(SetPrivacyView):
    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        context = translations_context(self.page)
        field = form.fields["restriction_type"]
        if context["translations"]:
            field.help_text = gettext("This also applies to the translations of the page.")
        elif context["original"]:
            field.help_text = gettext("This also applies to the original of this translation.")
        return form


class AtomicPublishingMixin:
    """Runs each publication and its receivers in one transaction. Wagtail's views do not begin one."""

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(*args, **kwargs)  # type: ignore[misc]
        except (ObjectDoesNotExist, IntegrityError) as error:
            if isinstance(error, IntegrityError) and not self._is_deleted():
                raise
            raise Http404 from error  # another user has deleted it at the same moment

    def _is_deleted(self: Any) -> bool:
        page: Any = getattr(self, "page", None)
        return page is not None and page.pk is not None and not Page.objects.filter(pk=page.pk).exists()

    @locking.atomic
    def form_valid(self: Any, form: Any) -> HttpResponse:
        """Runs the form's action, unless another person has saved a newer version.

        The editor autosaves, also while the page is being published.
        """
        creates_translations = self.action_name == "publish" and self.page.first_published_at is None
        if creates_translations or self.action_name == "perform_workflow_action":
            locking.lock_tree()
        if self.page.pk:
            locking.refresh_publication_fields(self.page)
            if newer := self._find_newer_revision():
                return self._redisplay_form(self._conflict_message(newer))
        return super().form_valid(form)  # type: ignore[misc]

    def form_invalid(self: Any, form: Any) -> HttpResponse:
        """Shows the form again with the latest version as its base, and a message if another person saved that."""
        if self.page.pk and not self.expects_json_response and (newer := self._find_newer_revision()):
            messages.error(self.request, self._conflict_message(newer))
            self.page.latest_revision = self.latest_revision
        return super().form_invalid(form)  # type: ignore[misc]

    def _find_newer_revision(self: Any) -> Revision | None:
        """Returns the latest revision that another person has saved since the form was opened."""
        self.latest_revision = Page.objects.get(pk=self.page.pk).get_latest_revision()
        for name in ("is_out_of_date", "latest_revision_created_at"):
            vars(self).pop(name, None)
        sent = self.request.POST
        if not self.is_out_of_date or sent.get("replaced_revision_id") == str(self.latest_revision.pk):
            return None  # or the browser's dialog was confirmed (static/js/admin/autosave.js)
        opened = sent.get("overwrite_revision_id") or sent["loaded_revision_id"]
        since = Q(pk__gt=opened) if opened.isdecimal() else Q()
        versions = self.page.revisions.filter(since | Q(pk=self.latest_revision.pk), user__isnull=False)
        return versions.exclude(user=self.request.user).order_by("-pk").first()

    def _conflict_message(self, newer: Revision) -> str:
        text = gettext(
            "%(person)s has changed this page since you opened it. Nothing has been published or saved. Open the page "
            "in another tab to see that version. Press the button again to replace it with what is shown here."
        )
        return text % {"person": get_user_display_name(newer.user)}

    def _redisplay_form(self: Any, *texts: str) -> HttpResponse:
        """Renders the form with what was typed. Nothing is saved until a button is pressed."""
        if self.expects_json_response:
            return self.json_error_response("invalid_revision", " ".join(texts))
        for text in texts:
            messages.error(self.request, text)
        self.form.restore_required_fields()
        self.page.latest_revision = self.latest_revision  # counts as the version that the form was opened with
        self.has_unsaved_changes, self.autosave_enabled = True, False
        return self.render_to_response(self.get_context_data())
