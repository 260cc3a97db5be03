"""Wagtail's bulk actions, which say what becomes of translations."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.template.response import TemplateResponse
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction, MoveBulkAction, UnpublishBulkAction
from wagtail.models import Page

from iom.publishing import locking
from iom.translation.models import TranslationState
from iom.translation.workflow import follow_original


class WithTranslations:
    """A bulk action on pages. A translation chosen together with its original follows it, and is not taken twice."""

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


class UnpublishWithTranslations(WithTranslations, UnpublishBulkAction):
    template_name = "translation/cascade/bulk_unpublish.html"

    def object_context(self, page: Page) -> dict[str, Any]:
        context = super().object_context(page)
        context["translations"] = [page for page in context["translations"] if page.live]
        return context


class DeleteWithTranslations(WithTranslations, DeleteBulkAction):
    template_name = "translation/cascade/bulk_delete.html"


class MoveWithTranslations(WithTranslations, MoveBulkAction):
    template_name = "translation/cascade/bulk_move.html"

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
