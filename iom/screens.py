"""What screens of the admin have in common: menu items, panels, addresses."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component


def edit_address(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def is_opened(request: HttpRequest) -> bool:
    """Whether a page is opened in the editor: nothing is sent, and no new page has just been saved there."""
    return request.method == "GET" and "_w_hydrate_create_view" not in request.GET


def report_urls(address: str, view: Any) -> list[URLPattern]:
    """The address of a list, and that of its results alone, for its search and its filters."""
    results = view.as_view(results_only=True)
    return [
        path(address, view.as_view(), name=view.index_url_name),
        path(f"{address}results/", results, name=view.index_results_url_name),
    ]


class MenuItemFor(MenuItem):
    """Is in the menu of each user for whom `shown_to` is true."""

    def __init__(self, shown_to: Callable[[Any], bool], label: Promise, url: str, **rest: Any) -> None:
        super().__init__(label, url, **rest)
        self.shown_to = shown_to

    def is_shown(self, request: HttpRequest) -> bool:
        return self.shown_to(request.user)


class Panel(Component):
    """On the dashboard, with what its template takes."""

    def __init__(self, name: str, template_name: str, order: int, **context: Any) -> None:
        self.name, self.template_name, self.order, self.context = name, template_name, order, context

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return self.context
