from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.auth import permission_denied
from wagtail.admin.menu import MenuItem
from wagtail.contrib.search_promotions.forms import QueryForm
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.contrib.search_promotions.views.reports import SearchTermsReportView
from wagtail.contrib.search_promotions.wagtail_hooks import SearchPicksMenuItem
from wagtail.permissions import policy_registry

from iom.screens import add_admin_urls, report_urls
from search.explorer import SearchedPageViewSet

hooks.register("register_admin_viewset", SearchedPageViewSet, order=10)  # replaces Wagtail's view set

# Wagtail's help text asks for exactly the same words, but `search.picks` compares stems.
QueryForm.base_fields["query_string"].help_text = _(
    "What readers type. Capitals, accents and word endings make no difference."
)


class SearchTermsView(SearchTermsReportView):
    """The report of search terms, for users who may edit promoted results; Wagtail's is for superusers only."""

    index_url_name = "search_terms"
    index_results_url_name = "search_terms_results"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        policy = policy_registry.get_by_type(SearchPromotion)
        if not policy.user_has_any_permission(request.user, ["add", "change", "delete"]):
            return permission_denied(request)
        return super(SearchTermsReportView, self).dispatch(request, *args, **kwargs)


add_admin_urls(*report_urls("reports/search-terms/", SearchTermsView))


@hooks.register("construct_reports_menu")
def replace_search_terms(request: HttpRequest, items: list[MenuItem]) -> None:
    items[:] = [item for item in items if item.name != "search-terms"]
    ours = SearchPicksMenuItem(_("Search terms"), reverse("search_terms"), icon_name="search", order=1300)
    if ours.is_shown(request):
        items.append(ours)
