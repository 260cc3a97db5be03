"""The desk in the admin: its addresses, its place in the menu."""

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from iom.translation.desk import views
from iom.translation.desk.report import DeskView
from iom.translation.workflow import policy


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [
        path("translation/desk/", DeskView.as_view(), name="translation_desk"),
        path("translation/desk/results/", DeskView.as_view(results_only=True), name="translation_desk_results"),
        path("translation/<int:translation_id>/claim/", views.claim, name="translation_claim"),
        path("translation/<int:translation_id>/release/", views.release, name="translation_release"),
        path("translation/page/<int:page_id>/submit/", views.submit, name="translation_submit"),
    ]


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return policy.may_open_desk(request.user)


@hooks.register("register_admin_menu_item")
def the_desk() -> MenuItem:
    return DeskMenuItem(
        _("Translations"),
        reverse("translation_desk"),
        name="translations",
        icon_name="wagtail-localize-language",
        order=150,
    )


@hooks.register("construct_reports_menu")
def localizes_report_gives_way_to_the_desk(request: HttpRequest, items: list[MenuItem]) -> None:
    """It lists every translation to everyone, one query after the other."""
    stock = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != stock]


@hooks.register("insert_global_admin_css")
def how_the_desk_looks() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/desk.css"))
