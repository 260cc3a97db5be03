"""Wagtail's views and bulk actions on pages, which say what becomes of translations."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, ngettext
from wagtail.admin import messages
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.views.pages.bulk_actions import (
    DeleteBulkAction,
    MoveBulkAction,
    PublishBulkAction,
    UnpublishBulkAction,
)
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.revisions import RevisionsUnscheduleView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page, Revision

from iom.core.scheduling import no_longer_scheduled
from iom.core.translation_role import Role, role_of
from iom.publishing import locking
from iom.screens import edit_address
from iom.translation.models import TranslationState
from iom.translation.workflow import follow_original


def translations_context(page: Page) -> dict[str, Any]:
    """What a confirmation has to name: the pages that follow, or the original that stays."""
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
    """Wagtail's, which says that it has cancelled what is published already."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        locking.lock_translations(self.object.translation_key)
        if Revision.objects.filter(pk=self.revision.pk, approved_go_live_at__isnull=False).exists():
            return super().post(request, *args, **kwargs)
        is_public = Page.objects.filter(pk=self.object.pk, live_revision=self.revision.pk).exists()
        text = gettext("“%(title)s” has already been published.") if is_public else no_longer_scheduled()
        messages.error(request, text % {"title": self.get_object_display_title()})
        return redirect(self.get_next_url())


class SetPrivacyOfBothView(SetPrivacyView):
    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        said = translations_context(self.page)
        field = form.fields["restriction_type"]
        if said["translations"]:
            field.help_text = gettext("This also applies to the translations of the page.")
        elif said["original"]:
            field.help_text = gettext("This also applies to the original of this translation.")
        return form

    @locking.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        """Lists change with the restriction, not after it."""
        return super().form_valid(form)


class AtomicPublishingMixin:
    """Runs each publication and what follows from it in one transaction; Wagtail's views begin none."""

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

    def publish_action(self: Any) -> HttpResponse:
        creates_translations = self.page.first_published_at is None
        return self._on_locked_page(super().publish_action, locks_tree=creates_translations)  # type: ignore[misc]

    def save_action(self: Any) -> HttpResponse:
        """The editor saves by itself, also while its page is being published."""
        return self._on_locked_page(super().save_action)  # type: ignore[misc]

    def submit_action(self: Any) -> HttpResponse:
        return self._on_locked_page(super().submit_action)  # type: ignore[misc]

    @locking.atomic
    def _on_locked_page(self: Any, act: Callable[[], HttpResponse], locks_tree: bool = False) -> HttpResponse:
        if locks_tree:
            locking.lock_tree()
        if self.page.pk:
            locking.refresh_publication_fields(self.page)
        return act()


class TranslationsMixin:
    """A bulk action on pages. A translation that is chosen together with its original is handled once, with it."""

    def get_actionable_objects(self: Any) -> tuple[list[Page], dict[str, Any]]:
        pages, without_access = super().get_actionable_objects()  # type: ignore[misc]
        chosen = {page.pk for page in pages}
        following = TranslationState.objects.filter(original__in=chosen, page__in=chosen)
        they_follow = set(following.values_list("page_id", flat=True))
        return [page for page in pages if page.pk not in they_follow], without_access

    @locking.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        return super().form_valid(form)  # type: ignore[misc]

    def object_context(self: Any, page: Page) -> dict[str, Any]:
        context = super().object_context(page)  # type: ignore[misc]
        return context | {"translations": list(follow_original.translations_of(page).specific())}


class UnpublishWithTranslations(TranslationsMixin, UnpublishBulkAction):
    template_name = "translation/follow_original/bulk_unpublish.html"

    def object_context(self, page: Page) -> dict[str, Any]:
        context = super().object_context(page)
        context["translations"] = [page for page in context["translations"] if page.live]
        return context


class DeleteWithTranslations(TranslationsMixin, DeleteBulkAction):
    template_name = "translation/follow_original/bulk_delete.html"


class MoveWithTranslations(TranslationsMixin, MoveBulkAction):
    template_name = "translation/follow_original/bulk_move.html"

    def prepare_action(self, pages: list[Page], pages_without_access: dict[str, Any]) -> HttpResponse | None:
        destination = self.cleaned_form.cleaned_data["chooser"]
        refusals = list(self._refusals(pages, destination))
        for text in refusals:
            messages.error(self.request, text)
        if refusals:
            self.destination = destination  # the form comes again, with what was chosen
            context = {"destination": destination, **self.get_context_data()}
            return TemplateResponse(self.request, self.template_name, context)
        return super().prepare_action(pages, pages_without_access)

    def _refusals(self, pages: list[Page], destination: Page) -> Any:
        for page in pages:
            try:
                follow_original.check_move(page, destination)
            except follow_original.MoveRefused as refused:
                yield f"{page.specific_deferred.get_admin_display_title()}: {refused}"


class PublishWithoutTranslations(PublishBulkAction):
    """Wagtail's, without translations; a page that cannot be published does not stop the others."""

    def check_perm(self, page: Page) -> bool:
        return super().check_perm(page) and role_of(page) != Role.TRANSLATION

    @locking.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        return super().form_valid(form)

    def get_execution_context(self) -> dict[str, Any]:
        self.refused: list[Page] = []
        return super().get_execution_context() | {"refused": self.refused}

    @classmethod
    def execute_action(
        cls,
        objects: list[Page],
        include_descendants: bool = False,
        user: Any = None,
        refused: list[Page] | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """How many are published of those that were chosen, and of those below; the others are added to `refused`."""
        below = [child for page in objects if include_descendants for child in _drafts_below(page, user)]
        left = [[page for page in pages if not _publish(page, user)] for pages in (objects, below)]
        if refused is not None:
            refused += left[0] + left[1]
        return len(objects) - len(left[0]), len(below) - len(left[1])

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        if self.refused:
            text = ngettext(
                "%(count)d page could not be published: open it to see why.",
                "%(count)d pages could not be published: open them to see why.",
                len(self.refused),
            )
            buttons = [
                messages.button(edit_address(page.pk), page.specific_deferred.get_admin_display_title())
                for page in self.refused
            ]
            messages.warning(self.request, text % {"count": len(self.refused)}, buttons=buttons)
        return super().get_success_message(num_parent_objects, num_child_objects)


def _drafts_below(page: Page, user: Any) -> list[Page]:
    drafts = page.get_descendants().not_live().specific()
    return [
        draft
        for draft in drafts
        if role_of(draft) != Role.TRANSLATION and (user is None or draft.permissions_for_user(user).can_publish())
    ]


def _publish(page: Page, user: Any) -> bool:
    """Whether it is live now, or waits for its schedule or its translation."""
    try:
        _publish_last_saved(page, user)
    except (PermissionDenied, ValidationError, Page.DoesNotExist):
        return False
    return True


@locking.atomic
def _publish_last_saved(page: Page, user: Any) -> None:
    locking.lock_tree()  # it may be the first publication
    locking.lock_translations(page.translation_key)
    page = Page.objects.get(pk=page.pk).specific
    lock = page.get_lock()
    if lock and lock.for_user(user):
        raise PermissionDenied
    revision = page.get_latest_revision() or page.save_revision(user=user)
    revision.publish(user=user)
