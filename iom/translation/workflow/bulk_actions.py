"""Wagtail's bulk actions on pages, with the translations that follow their originals."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions import (
    DeleteBulkAction,
    MoveBulkAction,
    PublishBulkAction,
    UnpublishBulkAction,
)
from wagtail.models import Page

from iom.core.translation_role import Role, role_of
from iom.publishing import locking
from iom.screens import edit_address
from iom.translation.models import TranslationState
from iom.translation.workflow import follow_original


class TranslationsMixin:
    """A bulk action on pages. A translation that is selected together with its original is handled with it, once."""

    template_name = "translation/follow_original/bulk.html"

    def get_actionable_objects(self: Any) -> tuple[list[Page], dict[str, Any]]:
        pages, without_access = super().get_actionable_objects()  # type: ignore[misc]
        chosen = {page.pk for page in pages}
        following = TranslationState.objects.filter(original__in=chosen, page__in=chosen)
        translations = set(following.values_list("page_id", flat=True))
        return [page for page in pages if page.pk not in translations], without_access

    @locking.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        return super().form_valid(form)  # type: ignore[misc]

    def object_context(self: Any, page: Page) -> dict[str, Any]:
        context = super().object_context(page)  # type: ignore[misc]
        return context | {"translations": list(follow_original.translations_of(page).specific())}

    def get_context_data(self: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"question": super().template_name}  # type: ignore[misc]


class UnpublishWithTranslations(TranslationsMixin, UnpublishBulkAction):
    def object_context(self, page: Page) -> dict[str, Any]:
        context = super().object_context(page)
        context["translations"] = [page for page in context["translations"] if page.live]
        return context


class DeleteWithTranslations(TranslationsMixin, DeleteBulkAction):
    pass


class MoveWithTranslations(TranslationsMixin, MoveBulkAction):
    def prepare_action(self, pages: list[Page], pages_without_access: dict[str, Any]) -> HttpResponse | None:
        destination = self.cleaned_form.cleaned_data["chooser"]
        refusals = list(self._refusals(pages, destination))
        for text in refusals:
            messages.error(self.request, text)
        if refusals:
            self.destination = destination  # the form is shown again with the chosen destination
            context = {"destination": destination, **self.get_context_data()}
            return TemplateResponse(self.request, self.template_name, context)
        return super().prepare_action(pages, pages_without_access)

    def _refusals(self, pages: list[Page], destination: Page) -> Any:
        for page in pages:
            try:
                follow_original.check_move(page, destination)
            except follow_original.MoveRefused as refused:
                yield f"{page.specific_deferred.get_admin_display_title()}: {refused}"


@method_decorator(locking.atomic, name="form_valid")
class PublishWithoutTranslations(PublishBulkAction):
    """Wagtail's action without translations. A page that cannot be published does not stop the others."""

    def check_perm(self, page: Page) -> bool:
        return super().check_perm(page) and role_of(page) != Role.TRANSLATION

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
        """Returns how many of the selected pages and of the pages below were published; adds the rest to `refused`."""
        below = [child for page in objects if include_descendants for child in _drafts_below(page, user)]
        failed = [[page for page in pages if not _publish(page, user)] for pages in (objects, below)]
        if refused is not None:
            refused += failed[0] + failed[1]
        return len(objects) - len(failed[0]), len(below) - len(failed[1])

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
    """Returns whether the page is live now, or waits for its schedule or its translation."""
    try:
        _publish_latest_revision(page, user)
    except (PermissionDenied, ValidationError, Page.DoesNotExist):
        return False
    return True


@locking.atomic
def _publish_latest_revision(page: Page, user: Any) -> None:
    locking.lock_tree()  # it may be the first publication
    locking.lock_translations(page.translation_key)
    page = Page.objects.get(pk=page.pk).specific
    lock = page.get_lock()
    if lock and lock.for_user(user):
        raise PermissionDenied
    revision = page.get_latest_revision() or page.save_revision(user=user)
    revision.publish(user=user)
