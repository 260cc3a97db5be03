"""Base classes and helpers for views of the admin: permissions, breadcrumbs, menu items, panels, URLs, styles."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.views.generic import FormView
from modelcluster.models import ClusterableModel, get_all_child_relations
from wagtail import hooks
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.log_actions import registry
from wagtail.models import BaseLogEntry, Page

SHOWN_VERSION = "shown_version"  # hidden field of a `SharedRecordForm`
Crumb = dict[str, Any]  # an item of the breadcrumbs: `url`, `label`, `sublabel`


def edit_address(page_id: int) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page_id])


def is_opened(request: HttpRequest) -> bool:
    """Whether the request opens a page in the editor, and is no submission and no autosave of a new page."""
    return request.method == "GET" and "_w_hydrate_create_view" not in request.GET


def report_urls(address: str, view: Any) -> list[URLPattern]:
    """Returns the URL patterns of a report, and of its results alone for search and filters."""
    results = view.as_view(results_only=True)
    return [
        path(address, view.as_view(), name=view.index_url_name),
        path(f"{address}results/", results, name=view.index_results_url_name),
    ]


def add_admin_urls(*patterns: URLPattern) -> None:
    hooks.register("register_admin_urls", lambda: list(patterns))


def add_style_sheets(*names: str) -> None:
    """Loads style sheets in all views of the admin."""
    element = '<link rel="stylesheet" href="{}">'
    files = [f"css/admin/{name}.css" for name in names]
    hooks.register("insert_global_admin_css", lambda: format_html_join("", element, [(static(it),) for it in files]))


def add_editor_scripts(*names: str) -> None:
    """Loads scripts in the page editor."""
    element = '<script src="{}"></script>'
    files = [f"js/admin/{name}.js" for name in names]
    hooks.register("insert_editor_js", lambda: format_html_join("", element, [(static(it),) for it in files]))


class MenuItemFor(MenuItem):
    """A menu item for users for whom `shown_to` returns true."""

    def __init__(self, shown_to: Callable[[Any], bool], label: Promise, url: str, **rest: Any) -> None:
        super().__init__(label, url, **rest)
        self.shown_to = shown_to

    def is_shown(self, request: HttpRequest) -> bool:
        return self.shown_to(request.user)


def add_menu_item(shown_to: Callable[[Any], bool], label: Promise, url_name: str, **rest: Any) -> None:
    hooks.register("register_admin_menu_item", lambda: MenuItemFor(shown_to, label, reverse(url_name), **rest))


def add_report_item(shown_to: Callable[[Any], bool], label: Promise, url_name: str, **rest: Any) -> None:
    """Adds an item to the menu of reports."""
    hooks.register("register_reports_menu_item", lambda: MenuItemFor(shown_to, label, reverse(url_name), **rest))


def add_report(shown_to: Callable[[Any], bool], address: str, view: Any, **rest: Any) -> None:
    """Adds a report (a `ReportView`) at an address of the admin, and to the menu with its title and icon."""
    add_admin_urls(*report_urls(address, view))
    add_report_item(shown_to, view.page_title, view.index_url_name, icon_name=view.header_icon, **rest)


class Panel(Component):
    """A panel of the dashboard, with the context of its template."""

    def __init__(self, name: str, template_name: str, order: int, **context: Any) -> None:
        self.name, self.template_name, self.order, self.context = name, template_name, order, context

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return self.context


class _ShownVersion(forms.CharField):
    """A field that never counts as a change."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


class SharedRecordForm(WagtailAdminModelForm):
    """A form with optimistic locking: it refuses once to overwrite a change that it has not shown."""

    data: Any

    def __init__(self, *args: Any, instance: Any = None, **kwargs: Any) -> None:
        self.version = _version_of(instance) if instance and instance.pk else ""
        super().__init__(*args, instance=instance, **kwargs)
        self.fields[SHOWN_VERSION] = _ShownVersion(required=False, widget=forms.HiddenInput, initial=self.version)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        name = self.add_prefix(SHOWN_VERSION)
        if not self.version or self.version == self.data.get(name, self.version):  # no version: a new record
            return cleaned
        if not self.has_changed():
            return cleaned  # the same form was submitted twice
        self.data = self.data.copy()
        self.data[name] = self.version  # the error names the change, so the next submission is accepted
        last = self.last_entry()
        person = get_user_display_name(last.user) if last and last.user else gettext("Another person")
        message = gettext(
            "%(person)s has changed this since you opened it. Open it in another tab to see the change. "
            "Save again to replace it with what is shown here."
        )
        raise ValidationError(message, params={"person": person})

    def last_entry(self) -> BaseLogEntry | None:
        """Returns the log entry of the last change, or None."""
        return registry.get_logs_for_instance(self.instance).order_by("-timestamp", "-pk").first()


def _version_of(record: Any) -> str:
    """Returns a digest of the record and its child rows, in any order."""
    relations = get_all_child_relations(record) if isinstance(record, ClusterableModel) else []
    rows = [record, *(row for relation in relations for row in getattr(record, relation.get_accessor_name()).all())]
    values = sorted([str(field.value_from_object(row)) for field in row._meta.concrete_fields] for row in rows)
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()[:16]


class Screen(WagtailAdminTemplateMixin):
    """A view of the admin with a permission check. Its title is the last item of the breadcrumbs."""

    def may_open(self, user: Any) -> bool:
        raise NotImplementedError

    def parent_crumbs(self) -> list[Crumb]:
        """Returns the breadcrumbs between the home page of the admin and this view."""
        return []

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_open(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[Crumb]:
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, *self.parent_crumbs(), here]


class PageScreen(Screen, FormView):
    """A form about a page, below its edit view. `button` is the label of its button, by default the title."""

    template_name = "admin/page_form.html"
    button: str | Promise = ""
    page: Any

    def find(self, page_id: int) -> Any:
        """Returns the page. Raises Http404."""
        return get_object_or_404(Page, pk=page_id).specific

    def dispatch(self, request: HttpRequest, *args: Any, page_id: int, **kwargs: Any) -> HttpResponseBase:
        self.page = self.find(page_id)
        return super().dispatch(request, *args, **kwargs)

    @property
    def back_url(self) -> str:
        """The address of the page's edit view."""
        return edit_address(self.page.pk)

    def parent_crumbs(self) -> list[Crumb]:
        return [{"url": self.back_url, "label": self.page.get_admin_display_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"page": self.page, "back_url": self.back_url}
