"""The report on withdrawn texts, with buttons to restore them."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.middleware.csrf import get_token
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, UserColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from iom.withdrawal.models import WithdrawnText


def may_open(user: Any) -> bool:
    """Whether the user may edit or publish any page."""
    return PagePermissionPolicy().user_has_any_permission(user, ["change", "publish"])


def visible_to(user: Any) -> QuerySet[WithdrawnText]:
    """Returns the withdrawn texts whose pages the user may edit or publish; those for protection only to editors."""
    pages = policy_registry.get_by_type(Page).instances_user_has_any_permission_for(user, {"change", "publish"})
    return WithdrawnText.objects.filter(Exists(pages.filter(pk=OuterRef("page")).order_by()))


class WithdrawnTextColumn(Column):
    """The title, with a button to restore the text if the user may do so."""

    cell_template_name = "withdrawal/title_cell.html"

    def get_cell_context_data(self, instance: WithdrawnText, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        request = context["request"]
        may_restore = instance.page.specific_deferred.permissions_for_user(request.user).can_restore()
        return context | {"csrf_token": get_token(request), "may_restore": may_restore}


class WithdrawnTextsView(ReportView):
    page_title = gettext_lazy("Withdrawn texts")
    header_icon = "no-view"
    index_url_name = "withdrawal_texts"
    index_results_url_name = "withdrawal_texts_results"
    no_results_message = gettext_lazy("No text is withdrawn.")
    permission_policy = PagePermissionPolicy()
    any_permission_required = ["change", "publish"]
    columns = [
        WithdrawnTextColumn("title", label=gettext_lazy("Title"), classname="title"),
        Column("language", label=gettext_lazy("Language"), accessor="page.locale.get_display_name"),
        Column("kind", label=gettext_lazy("What readers are told"), accessor="public_reason"),
        DateColumn("at", label=gettext_lazy("Withdrawn on"), accessor="withdrawal.withdrawn_at"),
        UserColumn("by", label=gettext_lazy("By"), accessor="withdrawal.withdrawn_by", width="16%"),
    ]

    def get_base_queryset(self) -> QuerySet[WithdrawnText]:
        texts = visible_to(self.request.user).defer("content")
        texts = texts.select_related("withdrawal__withdrawn_by", "page__locale")
        return texts.prefetch_related("page__content_type").order_by("-withdrawal__withdrawn_at", "page")
