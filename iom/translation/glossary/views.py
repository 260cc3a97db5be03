"""The glossary's view set in the admin, with views that download all terms and import a file."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.permissions import policy_registry

from iom.core.files import UnusableFile, attachment_header, get_uploaded_file
from iom.names import NamesPanel
from iom.screens import Crumb, Screen
from iom.translation.glossary import files
from iom.translation.glossary.rows import Outcome, export_rows, import_rows
from iom.translation.models import Concept

MAX_ENTRIES = 10_000  # of an uploaded file; each takes some milliseconds. `load_glossary` accepts more
MAX_LISTED = 20  # lines with an error; the others are only counted


def may_change(user: Any) -> bool:
    """Returns whether the user may add and change entries, and import files."""
    policy = policy_registry.get_by_type(Concept)
    return policy.user_has_permission(user, "add") and policy.user_has_permission(user, "change")


def may_see(user: Any) -> bool:
    """Returns whether the user may read and download the glossary."""
    return policy_registry.get_by_type(Concept).user_has_any_permission(user, ["add", "change", "view"])


class GlossaryIndexView(IndexView):
    page_title = _("Glossary")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        buttons = list(super().header_more_buttons)
        for name, one in files.FORMATS.items():
            label = gettext("Download as %(format)s") % {"format": one.label}
            address = reverse("glossary:download", args=[name])
            buttons.append(Button(label, url=address, icon_name="download", priority=10))
        if may_change(self.request.user):
            buttons.append(Button(gettext("Import a file"), url=reverse("glossary:import"), icon_name="upload"))
        return buttons


def download(request: HttpRequest, name: str) -> HttpResponse:
    """Sends the whole glossary in one of the formats."""
    if not may_see(request.user):
        raise PermissionDenied
    if name not in files.FORMATS:
        raise Http404
    one = files.FORMATS[name]
    try:
        content = one.write(export_rows(), get_language() or "")
    except UnusableFile as error:
        messages.error(request, str(error))
        return redirect("glossary:index")
    return HttpResponse(content, content_type=one.content_type, headers=attachment_header(f"glossary{one.suffix}"))


class ImportView(Screen, TemplateView):
    """Shows the upload form, imports a file, and lists the rows with errors."""

    template_name = "translation/glossary/import.html"
    page_title = _("Import a file into the glossary")
    header_icon = "list-ul"

    def may_open(self, user: Any) -> bool:
        return may_change(user)

    def parent_crumbs(self) -> list[Crumb]:
        return [{"url": reverse("glossary:index"), "label": gettext("Glossary")}]

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            file = get_uploaded_file(request, files.MAX_FILE_SIZE)
            rows = files.read(file.name or "", file.read())
            if len(rows) > MAX_ENTRIES:
                text = gettext("The file contains more than %(limit)d entries. Upload it in several parts.")
                raise UnusableFile(text % {"limit": MAX_ENTRIES})
        except UnusableFile as error:
            messages.error(request, gettext("Nothing was imported. %(reason)s") % {"reason": error})
            return self.get(request)
        outcome = import_rows(rows)
        messages.success(request, _summary(outcome))
        if not outcome.errors:
            return redirect("glossary:index")
        return self.render_to_response(self.get_context_data(refused=outcome.errors))

    def get_context_data(self, refused: Sequence[tuple[str, str]] = (), **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "accepted": ",".join(one.suffix for one in files.FORMATS.values()),
            "refused": refused[:MAX_LISTED],
            "further": max(0, len(refused) - MAX_LISTED),
        }


def _summary(outcome: Outcome) -> str:
    parts = [
        ngettext("%(count)d entry added.", "%(count)d entries added.", outcome.added) % {"count": outcome.added},
        ngettext("%(count)d changed.", "%(count)d changed.", outcome.changed) % {"count": outcome.changed},
        ngettext("%(count)d was already the same.", "%(count)d were already the same.", outcome.unchanged)
        % {"count": outcome.unchanged},
    ]
    return " ".join(parts)


class GlossaryViewSet(ModelViewSet):
    """Translators, newsroom editors and administrators edit the glossary; press officers read it."""

    model = Concept
    icon = "list-ul"
    menu_label = _("Glossary")
    menu_order = 155  # below the translation desk
    add_to_admin_menu = True
    copy_view_enabled = False
    inspect_view_enabled = True
    inspect_view_fields = ["all_forms", "domain", "status", "kept_in_words", "note"]
    index_view_class = GlossaryIndexView
    list_filter = ["status", "domain", "is_kept"]
    list_display = [
        "__str__",
        Column("all_names", label=_("Terms")),
        Column("domain", label=_("Domain"), sort_key="domain"),
        Column("get_status_display", label=_("Status"), sort_key="status"),
        BooleanColumn("is_kept", label=_("Not to be translated"), sort_key="is_kept"),
    ]
    panels = [
        NamesPanel(
            "names",
            [FieldPanel("name"), FieldRowPanel([FieldPanel("accepted"), FieldPanel("forbidden")])],
            heading=_("Terms"),
        ),
        FieldRowPanel([FieldPanel("domain"), FieldPanel("status")]),
        FieldPanel("is_kept", icon="lock"),
        FieldPanel("note"),
    ]

    def get_index_view_kwargs(self) -> dict[str, Any]:
        return super().get_index_view_kwargs() | {"queryset": Concept.objects.prefetch_related("names")}

    def get_urlpatterns(self) -> list[URLPattern]:
        more = [
            path("download/<slug:name>/", download, name="download"),
            path("import/", ImportView.as_view(), name="import"),
        ]
        return [*super().get_urlpatterns(), *more]


hooks.register("register_admin_viewset", partial(GlossaryViewSet, "glossary", url_prefix="translation/glossary"))
