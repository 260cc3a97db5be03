"""The report on deleted pages, and the views that restore or forget them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, UserColumn
from wagtail.admin.views import generic
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies.pages import PagePermissionPolicy

from iom.publishing import deleted_pages
from iom.publishing.models import DeletedPage


def may_open(user: Any) -> bool:
    """Whether the user may add a page anywhere."""
    return PagePermissionPolicy().user_has_permission(user, "add")


def restorable_by(user: Any) -> QuerySet[DeletedPage]:
    """Returns the deleted pages that the user may restore, without their `rows`.

    A user restores pages below parents to which they may add pages: all of them with the permission to delete
    published pages, otherwise those that they have deleted themselves. The hook `hidden_texts` returns the translation
    keys of texts that the user may not see; pages deleted with such a text are left out.
    """
    places = PagePermissionPolicy().instances_user_has_permission_for(user, "add").order_by().values("pk")
    kept = DeletedPage.objects.filter(parent__in=places).defer("rows")
    for key in (key for source in hooks.get_hooks("hidden_texts") for key in source(user)):
        kept = kept.exclude(rows__contains=f'"{key}"')
    return kept if user.has_perm("users.retire_page") else kept.filter(deleted_by=user)


class DeletedPageColumn(Column):
    """The title, with the buttons that restore the page and delete it for good."""

    cell_template_name = "publishing/deleted/title_cell.html"

    def get_cell_context_data(self, instance: DeletedPage, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"csrf_token": get_token(context["request"])}


class DeletedPagesView(ReportView):
    page_title = gettext_lazy("Deleted pages")
    header_icon = "bin"
    index_url_name = "publishing_deleted"
    index_results_url_name = "publishing_deleted_results"
    no_results_message = gettext_lazy("No page has been deleted in the last 30 days.")
    permission_policy = PagePermissionPolicy()
    any_permission_required = ["add"]
    columns = [
        DeletedPageColumn("title", label=gettext_lazy("Title")),
        Column("pages", label=gettext_lazy("Pages")),
        DateColumn("deleted_at", label=gettext_lazy("Deleted on")),
        UserColumn("deleted_by", label=gettext_lazy("By")),
    ]

    def get_base_queryset(self) -> QuerySet[DeletedPage]:
        return restorable_by(self.request.user).select_related("deleted_by").order_by("-deleted_at", "-pk")


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Restores a deleted page as a draft, and opens it in the editor."""
    kept = get_object_or_404(restorable_by(request.user), pk=pk)
    try:
        page = deleted_pages.restore(kept, request.user)
    except DeletedPage.DoesNotExist as error:
        raise Http404 from error  # another user has restored it at the same moment
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("publishing_deleted")
    messages.success(request, gettext("“%(title)s” is restored as a draft.") % {"title": kept.title})
    return redirect("wagtailadmin_pages:edit", page.pk)


class ForgetView(generic.DeleteView):
    """Deletes a `DeletedPage` for good, for instance at the request of a person whom it names."""

    model = DeletedPage
    index_url_name = "publishing_deleted"
    delete_url_name = "publishing_deleted_forget"
    permission_required = None  # `get_queryset` returns only pages that the user may restore
    header_icon = "bin"
    page_title = gettext_lazy("Delete for good")
    confirmation_message = gettext_lazy("Nobody can restore this page then, nor its translations.")
    success_message = gettext_lazy("“%(object)s” cannot be restored any more.")

    def get_queryset(self) -> QuerySet[DeletedPage]:
        return restorable_by(self.request.user)
