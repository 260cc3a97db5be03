"""Labels that Wagtail has in English only, or translates once, when the process starts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as django_messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils.functional import lazy
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import VERSION
from wagtail.admin import messages
from wagtail.admin.forms import auth, choosers
from wagtail.admin.forms.collections import GroupCollectionManagementPermissionFormSet
from wagtail.admin.forms.workflows import TaskChooserSearchForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.contrib.redirects.views import IndexView as RedirectsView
from wagtail.contrib.search_promotions.forms import SearchPromotionsFormSetBase
from wagtail.forms import TaskStateCommentForm
from wagtail.images.forms import GroupImagePermissionFormSet, ImageInsertionForm, URLGeneratorForm
from wagtail.sites.views import IndexView as SitesView
from wagtail.snippets.views.snippets import SnippetViewSet

FIELDS: dict[Any, dict[str, Any]] = {
    auth.LoginForm: {"password": _("Password")},
    choosers.ExternalLinkChooserForm: {"link_text": _("Link text")},
    choosers.AnchorLinkChooserForm: {"link_text": _("Link text")},
    choosers.EmailLinkChooserForm: {
        "email_address": _("Email address"),
        "link_text": _("Link text"),
        "subject": _("Subject"),
        "body": _("Body"),
    },
    choosers.PhoneLinkChooserForm: {"phone_number": _("Phone number"), "link_text": _("Link text")},
    SearchPromotionsFormSetBase.form: {"external_link_text": _("External link text")},
    TaskStateCommentForm: {"comment": _("Comment")},
    ImageInsertionForm: {
        "format": _("Format"),
        "image_is_decorative": _("Image is decorative"),
        "alt_text": _("Alt text"),
    },
    URLGeneratorForm: {
        "filter_method": _("Filter"),
        "width": _("Width"),
        "height": _("Height"),
        "closeness": _("Closeness"),
    },
}
SIZES = {
    "original": _("Original size"),
    "width": _("Resize to width"),
    "height": _("Resize to height"),
    "min": _("Resize to min"),
    "max": _("Resize to max"),
    "fill": _("Resize to fill"),
}
CHOOSERS = {
    "choose_one_text": _("Choose"),
    "choose_another_text": _("Choose another"),
    "edit_item_text": _("Edit"),
    "search_tab_label": _("Search"),
    "create_action_label": _("Create"),
}
# Wagtail labels these columns with the names of their attributes.
COLUMNS = {"site_name": _("Site name"), "root_page": _("Root page")}
REDIRECTS = {"old_path": _("From"), "site": _("Site"), "link": _("To"), "get_is_permanent_display": _("Type")}


PERMISSIONS = {
    GroupCollectionManagementPermissionFormSet: [
        ("add_collection", _("Add"), _("Add collections")),
        ("change_collection", _("Edit"), _("Edit collections")),
        ("delete_collection", _("Delete"), _("Delete collections")),
    ],
    GroupImagePermissionFormSet: [
        ("add_image", _("Add"), _("Add/edit images you own")),
        ("change_image", _("Edit"), _("Edit any image")),
        ("choose_image", _("Choose"), _("Select images in choosers")),
    ],
}
_interpolate = lazy(lambda text, **values: str(text) % values, str)
WHATS_NEW = _("What's new in Wagtail %(version)s")


def translate_labels() -> None:
    for form, labels in FIELDS.items():
        for name, label in labels.items():
            form.base_fields[name].label = label
    URLGeneratorForm.base_fields["filter_method"].choices = list(SIZES.items())
    for name, label in CHOOSERS.items():
        setattr(ChooserViewSet, name, label)
    for column in SitesView.columns:
        column.label = COLUMNS.get(column.name, column.label)
    RedirectsView.export_headings = REDIRECTS
    kind = RedirectsReportFilterSet.base_filters["is_permanent"]
    kind.label = _("Type")
    kind.extra |= {"choices": ((True, _("Permanent")), (False, _("Temporary"))), "empty_label": _("All")}
    for formset, permissions in PERMISSIONS.items():
        formset.permission_types[:] = permissions  # the field of the formset has this very list
    TaskChooserSearchForm.__init__ = _add_task_type_label(TaskChooserSearchForm.__init__)
    WagtailAdminTemplateMixin.get_header_title = _header_title
    messages.validation_error = _validation_error
    SnippetViewSet.breadcrumbs_items = property(_label_home(SnippetViewSet.breadcrumbs_items.fget))


def _add_task_type_label(begin: Callable[..., None]) -> Callable[..., None]:
    """Wraps the form's constructor: adds a label to the filter by task type, which exists if there are two types."""

    def run(form: Any, *args: Any, **kwargs: Any) -> None:
        begin(form, *args, **kwargs)
        if "task_type" in form.fields:
            form.fields["task_type"].label = _("Task type")

    return run


def _header_title(view: Any) -> str:
    """Joins title and subtitle with the language's colon. Wagtail uses the English one: « Ajout: Article »."""
    title, subtitle = view.get_page_title(), view.get_page_subtitle()
    return gettext("%(what)s: %(words)s") % {"what": title, "words": subtitle} if subtitle else title


def _validation_error(request: HttpRequest, message: str, form: Any, buttons: Any = None) -> None:
    """Shows a form's errors with the language's colon. A form's `refusal` replaces the message."""
    lines = [line for name, errors in form.errors.items() for line in _lines(form, name, errors)]
    items = format_html_join("\n", "<li>{}</li>", ((line,) for line in lines))
    detail = format_html('<ul class="errorlist">{}</ul>', items) if form.non_field_errors() else ""
    html = messages.render(getattr(form, "refusal", "") or message, buttons, detail=detail)
    django_messages.error(request, html)


def _lines(form: Any, name: str, errors: list[str]) -> list[str]:
    if name == NON_FIELD_ERRORS:
        return list(errors)
    label = form[name].label if name in form.fields else name
    return [gettext("%(field)s: %(message)s") % {"field": label, "message": error} for error in errors]


def _label_home(items: Callable[[Any], list[dict[str, Any]]]) -> Callable[[Any], list[dict[str, Any]]]:
    return lambda viewset: [
        one | ({"label": _("Home")} if not place else {}) for place, one in enumerate(items(viewset))
    ]


def label_whats_new_item(request: HttpRequest, items: list[MenuItem]) -> None:
    """Translates the item “What's new in Wagtail” in the help menu."""
    for item in items:
        if item.name.startswith("whats-new-in-wagtail"):
            item.label = _interpolate(WHATS_NEW, version=f"{VERSION[0]}.{VERSION[1]}")
