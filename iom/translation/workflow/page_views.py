"""Wagtail's own pages for taking down, deleting, moving and hiding a page, which say what becomes of translations."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from wagtail.admin.views.page_privacy import SetPrivacyView
from wagtail.admin.views.pages.delete import DeleteView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.views.pages.unpublish import UnpublishView
from wagtail.models import Page

from iom.publishing import locking
from iom.translation.workflow import follow_original


def said_of(page: Page) -> dict[str, Any]:
    """What a confirmation has to name: the pages that follow, or the original that stays."""
    return {
        "translations": list(follow_original.translations_of(page).specific()),
        "original": follow_original.original_of(page),
    }


@method_decorator(locking.atomic, name="post")
class UnpublishWithTranslationsView(UnpublishView):
    template_name = "translation/cascade/unpublish.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs) | said_of(self.object)
        context["translations"] = [page for page in context["translations"] if page.live]
        return context


@method_decorator(locking.atomic, name="dispatch")
class DeleteWithTranslationsView(DeleteView):
    template_name = "translation/cascade/delete.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | said_of(self.page)


@method_decorator(locking.atomic, name="post")
class MoveWithTranslationsView(MoveConfirmView):
    template_name = "translation/cascade/move.html"

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
        return super().get_context_data(**kwargs) | said_of(self.page_to_move)


class SetPrivacyOfBothView(SetPrivacyView):
    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        said = said_of(self.page)
        field = form.fields["restriction_type"]
        if said["translations"]:
            field.help_text = gettext("This applies to the page’s translations too.")
        elif said["original"]:
            field.help_text = gettext("This applies to the original of this translation too.")
        return form
