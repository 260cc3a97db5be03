"""The desk: what waits to be translated, the most urgent first."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permissions import policy_registry

from iom.translation.desk import columns, rows, steps
from iom.translation.desk.filters import DeskFilterSet
from iom.translation.desk.unplaced import Unplaced, without_a_place
from iom.translation.models import TranslationState
from iom.translation.models.state import TranslationStateQuerySet
from iom.translation.workflow import policy

EXPORTED: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "title": (_("Title"), lambda state: state.page.get_admin_display_title()),
    "original": (_("Original"), lambda state: state.original_title),
    "type": (_("Page type"), lambda state: capfirst(state.page.specific_class._meta.verbose_name)),
    "from": (_("Language of the original"), lambda state: state.original.page.locale.language_code),
    "into": (_("Into"), lambda state: state.locale.language_code),
    "state": (_("State"), lambda state: str(steps.task(state).label)),
    "translated": (_("Passages translated"), lambda state: state.translated),
    "total": (_("Passages"), lambda state: state.total),
    "words_left": (_("Words to translate"), lambda state: state.words_left),
    "wanted_by": (_("Wanted by"), lambda state: state.original.due_at),
    "waiting_since": (_("Waiting since"), lambda state: state.waiting_since),
    "claimed_by": (_("Who has it"), lambda state: state.claimed_by and str(state.claimed_by)),
    "claimed_at": (_("Claimed on"), lambda state: state.claimed_at),
    "open_questions": (_("Open questions"), lambda state: state.open_questions),
    "published_at": (_("Last published"), lambda state: state.published_at),
}


class DeskView(ReportView):
    """All columns, filters, CSV and XLSX of the translations into the user's languages."""

    model = TranslationState
    page_title = _("Translations")
    header_icon = "wagtail-localize-language"
    index_url_name = "translation_desk"
    index_results_url_name = "translation_desk_results"
    template_name = "translation/desk/report.html"
    results_template_name = "translation/desk/report_results.html"
    filterset_class = DeskFilterSet
    columns = columns.of_the_desk()
    table_classname = "listing desk-listing"
    is_searchable = True
    search_fields = ["page__draft_title", "translation__source__object_repr"]  # what each reader sees of the original
    list_export = list(EXPORTED)
    export_headings = {name: heading for name, (heading, _value) in EXPORTED.items()}

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not policy.may_open_desk(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def languages(self) -> list[Any]:
        return list(policy.languages_of(self.request.user))

    def get_base_queryset(self) -> TranslationStateQuerySet:
        states = TranslationState.objects.filter(locale__in=self.languages, translation__enabled=True)
        pages = policy_registry.get_by_type(Page).explorable_instances(self.request.user).order_by().values("pk")
        known = states.filter(Q(page__in=pages) | Q(original__page__in=pages))
        return rows.listed(known.by_urgency())

    def get_filtered_queryset(self) -> TranslationStateQuerySet:
        return self.order_queryset(self.get_queryset())  # by urgency, unless a column is asked for

    def order_queryset(self, queryset: TranslationStateQuerySet) -> TranslationStateQuerySet:
        if not self.ordering:
            return queryset
        column = F(self.ordering.removeprefix("-"))
        descends = self.ordering.startswith("-")
        return queryset.order_by(column.desc(nulls_last=True) if descends else column.asc(nulls_last=True), "pk")

    @cached_property
    def no_results_message(self) -> Any:
        if self.is_searching or self.is_filtering:
            return _("No translation matches.")
        return _("Nothing waits.")

    @cached_property
    def unplaced(self) -> list[Unplaced]:
        return without_a_place(self.languages)

    def get_filename(self) -> str:
        return f"translations-{timezone.localdate().isoformat()}"

    def to_row_dict(self, item: TranslationState) -> dict[str, Any]:
        item.page.is_translation = True
        item.original_title = rows.original_title(self.request.user, item)  # type: ignore[attr-defined]
        return {name: value(item) for name, (_heading, value) in EXPORTED.items()}

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        if export_format == self.FORMAT_CSV and isinstance(value, datetime):
            return timezone.localtime(value).isoformat(timespec="seconds")
        return super().preprocess_field_value(field, value, export_format)
