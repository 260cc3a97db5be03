"""The editor's Wagtail hooks. Of localize's own interface only the URLs in `ANSWERED` are left."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.views.generic import RedirectView
from django.views.i18n import JavaScriptCatalog
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.admin.menu import MenuItem
from wagtail.models import Locale, Page
from wagtail.permissions import policy_registry
from wagtail.utils.decorators import xframe_options_sameorigin_override
from wagtail_localize import wagtail_hooks as localize

from iom.core.translation_role import Role, role_of
from iom.translation.editor import checks, memory, views
from iom.translation.exchange import views as exchange
from iom.translation.workflow import policy
from iom.translation.workflow.policy import View, allowed, refuse


@hooks.register("before_edit_page", order=-20)  # before localize, which would answer with its own screen
def open_translators_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    return views.edit(request, page) if role_of(page) == Role.TRANSLATION else None


@hooks.register("register_admin_urls")
def register_editor_urls() -> list[URLPattern]:
    translation = "translation/<int:translation_id>/"
    segment = f"{translation}segments/<int:segment_id>/"
    preview = xframe_options_sameorigin_override(views.preview)
    return [
        path(segment, views.save_segment, name="translation_segment"),
        path(f"{segment}offers/", memory.list_matches, name="translation_offers"),
        path(f"{translation}machine/", memory.translate, name="translation_machine"),
        path(f"{translation}confirm/", memory.confirm, name="translation_confirm"),
        path(f"{translation}preview/", preview, name="translation_preview"),
        path(f"{translation}checks/", checks.show, name="translation_checks"),
        path(f"{translation}intended/", checks.intend, name="translation_intended"),
    ]


# localize's URLs that are answered, by name. All others are refused, also those of a later version.
ANSWERED: dict[str, View] = {
    "javascript_catalog": JavaScriptCatalog.as_view(packages=["wagtail_localize"]),  # interface text only
    "upload_pofile": allowed(policy.may_translate)(exchange.upload),
    "download_pofile": allowed(policy.may_see)(exchange.download),
    # localize's report lists every translation to everyone, with several queries for each
    "translations_report": RedirectView.as_view(pattern_name="translation_desk"),
}


@hooks.register("register_admin_urls", order=-10)  # before localize's own, which have the same URLs
def guard_localize_urls() -> list[URLResolver]:
    (resolver,) = localize.register_admin_urls()
    guarded = [
        path(str(pattern.pattern), ANSWERED.get(pattern.name or "", refuse)) for pattern in resolver.url_patterns
    ]
    return [path("localize/", include(guarded))]


# localize's buttons need four queries for each row of a listing, and lead to forms that are refused.
for _name in ("register_page_header_buttons", "register_page_listing_more_buttons"):
    hooks._hooks[_name].remove((localize.page_listing_more_buttons, 0))


@hooks.register("construct_page_action_menu")
def remove_localize_menu_items(items: list[ActionMenuItem], request: HttpRequest, context: dict[str, Any]) -> None:
    """Removes “convert to alias”, which would replace the published page, and “restart”, which has its own button."""
    items[:] = [
        item for item in items if item.name not in ("localize-restart-translation", "localize-convert-to-alias")
    ]


@hooks.register("construct_reports_menu")
def remove_localize_report(request: HttpRequest, items: list[MenuItem]) -> None:
    report = reverse("wagtail_localize:translations_report")
    items[:] = [item for item in items if item.url != report]


@hooks.register("construct_settings_menu")
def hide_locales(request: HttpRequest, items: list[MenuItem]) -> None:
    """Hides the menu item from users who may not open the screen: localize shows it to all who may change sites."""
    if not policy_registry.get_by_type(Locale).user_has_any_permission(request.user, ["add", "change", "delete"]):
        items[:] = [item for item in items if item.url != reverse("wagtaillocales:index")]
