"""The queue: a report of the translations to do, the most urgent first, with filters and export."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

import django_filters
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Locale, Page, get_page_content_types
from wagtail.permissions import policy_registry

from iom.caching.version import cached_per_version
from iom.core.admin_visibility import correlated_keys
from iom.translation.desk import listing
from iom.translation.models import Original, TranslationState, TranslationStateQuerySet
from iom.translation.workflow import policy
from iom.translation.workflow.views import DeskScreen
from iom.users import WRITES_ORIGINALS


def visible_to(user: Any) -> TranslationStateQuerySet:
    """Returns the translations that the desk lists for the user: of texts that they may see in either language."""
    pages = policy_registry.get_by_type(Page).explorable_instances(user)
    is_visible = Q(page__in=correlated_keys(pages, "page")) | Q(
        original__page__in=correlated_keys(pages, "original__page")
    )
    languages = policy.languages_of(user)
    return TranslationState.objects.filter(is_visible, translation__enabled=True, locale__in=languages)


class LanguageColumn(Column):
    """A language as a label."""

    cell_template_name = "wagtailadmin/tables/locale_cell.html"


class DeskColumn(Column):
    """A column whose cells have a template of their own, with the user's permissions on each translation."""

    def __init__(self, name: str, template: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.cell_template_name = f"translation/desk/{template}_cell.html"

    def get_cell_context_data(self, instance: TranslationState, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        user = request.user
        return super().get_cell_context_data(instance, parent_context) | {
            "state": instance,
            "original_title": partial(policy.original_title, user, instance),
            "instructions": partial(policy.instructions_for, user, instance),
            "joint": getattr(instance.original.page, "joint_publication", None),
            "may_open": partial(policy.may_see, user, instance),
            "may_open_original": user.has_perm(WRITES_ORIGINALS),
            "may_claim": partial(policy.may_claim, user, instance),
            "may_release": partial(policy.may_release, user, instance),
            "csrf_token": get_token(request),
            # The table may have been fetched by a script: buttons lead back to the whole screen, with its filters.
            "next": f"{parent_context['table'].base_url}?{request.GET.urlencode()}",
        }


COLUMNS = [
    DeskColumn("chosen", "choose", label=_("Choose"), accessor="pk"),
    DeskColumn("title", "title", label=_("Title"), width="38%"),
    Column("locale", label=_("Language"), accessor=lambda state: state.locale.get_display_name()),
    DeskColumn("step", "step", label=_("State"), accessor=listing.tag),
    DeskColumn("words_left", "words", label=_("Words to translate"), sort_key="words_left"),
    DeskColumn("due_at", "due", label=_("Due"), sort_key="due"),
    DeskColumn("waiting_since", "waiting", label=pgettext_lazy("translation", "Submitted"), sort_key="waiting_since"),
    DeskColumn("claimed_by", "claim", label=_("Claimed by")),
]

EXPORT_COLUMNS: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "title": (_("Title"), lambda state: state.page.get_admin_display_title()),
    "original": (_("Original"), lambda state: state.original_title),
    "type": (_("Page type"), lambda state: capfirst(state.page.specific_class._meta.verbose_name)),
    "from": (_("Language of the original"), lambda state: state.original.page.locale.language_code),
    "into": (_("Language of the translation"), lambda state: state.locale.language_code),
    "state": (_("State"), lambda state: str(listing.tag(state).label)),
    "translated": (_("Passages translated"), lambda state: state.translated),
    "total": (_("Passages"), lambda state: state.total),
    "words_left": (_("Words to translate"), lambda state: state.words_left),
    "urgent": (_("Urgent"), lambda state: bool(state.given and state.given.urgent)),
    "wanted_by": (_("Due"), lambda state: state.due_at),
    "note": (_("Note to translators"), lambda state: state.given.note if state.given else ""),
    "waiting_since": (pgettext_lazy("translation", "Submitted"), lambda state: state.waiting_since),
    "claimed_by": (_("Claimed by"), lambda state: state.claimed_by and str(state.claimed_by)),
    "claimed_at": (_("Claimed on"), lambda state: state.claimed_at),
    "open_questions": (_("Open questions"), lambda state: state.open_questions),
    "published_at": (_("Last published"), lambda state: state.published_at),
}


ALL_STEPS = "all"
TOGETHER = "together"
STEPS = [
    *TranslationState.Step.choices,
    (TOGETHER, _("Original waiting for the translation")),
    (ALL_STEPS, _("All translations")),
]


class LanguageFilter(django_filters.ModelChoiceFilter):
    def get_queryset(self, request: Any) -> QuerySet[Locale]:
        return policy.languages_of(request.user)


class DeskFilterSet(WagtailFilterSet):
    """Filters of the queue. Without a chosen step, it lists pending translations only."""

    locale = LanguageFilter(label=_("Language"), empty_label=_("All my languages"))
    step = django_filters.ChoiceFilter(
        label=_("State"), choices=STEPS, method="filter_step", empty_label=_("All pending translations")
    )
    who = django_filters.ChoiceFilter(
        label=_("Claimed by"),
        choices=[("me", _("Me")), ("nobody", _("Nobody"))],
        method="filter_claimant",
        empty_label=_("Anyone"),
    )
    content_type = ContentTypeFilter(
        label=_("Page type"),
        field_name="page__content_type",
        queryset=lambda request: get_page_content_types(include_base_page_type=False),
        empty_label=_("All types"),
    )

    class Meta:
        model = TranslationState
        fields = ["locale", "step", "who", "content_type"]

    def filter_queryset(self, queryset: TranslationStateQuerySet) -> TranslationStateQuerySet:
        if not self.form.cleaned_data.get("step"):
            queryset = queryset.waiting()
        return super().filter_queryset(queryset)

    def filter_step(self, queryset: TranslationStateQuerySet, name: str, value: str) -> TranslationStateQuerySet:
        if value == ALL_STEPS:
            return queryset
        if value == TOGETHER:
            return queryset.filter(original__page__joint_publication__isnull=False)
        return queryset.filter(step=value)

    def filter_claimant(self, queryset: TranslationStateQuerySet, name: str, value: str) -> TranslationStateQuerySet:
        return queryset.filter(claimed_by=self.request.user if value == "me" else None)


UNPLACED_SHOWN = 5


@cached_per_version
def _get_unplaced(locale: int) -> tuple[list[int], int]:
    """Returns the published texts that cannot be translated into a language yet: the first keys, and the total.

    Their section has no translation. Cached: to find none, all originals are read.
    """
    untranslated = Original.objects.exclude(locale=locale).exclude(translations__locale=locale)
    # A subquery for each untranslated original, which are few: a join would read all live pages.
    texts = untranslated.filter(Exists(Page.objects.filter(pk=OuterRef("pk"), live=True)))
    total = texts.count() if untranslated.exists() else 0
    return list(texts.order_by("pk").values_list("pk", flat=True)[:UNPLACED_SHOWN]) if total else [], total


class DeskView(DeskScreen, ReportView):
    """The report of translations into the user's languages, with filters, CSV and XLSX."""

    model = TranslationState
    page_title = _("Translations")
    header_icon = "wagtail-localize-language"
    index_url_name = "translation_desk"
    index_results_url_name = "translation_desk_results"
    template_name = "translation/desk/report.html"
    filterset_class = DeskFilterSet
    columns = COLUMNS
    table_classname = "listing desk-listing"
    is_searchable = True
    # Titles that all users of the desk may see
    search_fields = ["page__draft_title", "translation__source__object_repr"]
    list_export = list(EXPORT_COLUMNS)
    export_headings = {name: heading for name, (heading, _value) in EXPORT_COLUMNS.items()}

    def get_base_queryset(self) -> TranslationStateQuerySet:
        return visible_to(self.request.user).by_urgency().for_listing()

    def get_filtered_queryset(self) -> TranslationStateQuerySet:
        return self.order_queryset(self.get_queryset())  # by urgency, unless the user sorts by a column

    def order_queryset(self, queryset: TranslationStateQuerySet) -> TranslationStateQuerySet:
        if not self.ordering:
            return queryset
        column = F(self.ordering.removeprefix("-"))
        descends = self.ordering.startswith("-")
        return queryset.order_by(column.desc(nulls_last=True) if descends else column.asc(nulls_last=True), "pk")

    @cached_property
    def no_results_message(self) -> Any:
        if self.is_searching or self.is_filtering:
            return _("No translations match your search.")
        return _("Nothing to translate.")

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        address = reverse("translation_exchange")
        return [HeaderButton(_("Exchange files"), url=address, icon_name="download")]

    @cached_property
    def unplaced(self) -> list[dict[str, Any]]:
        """The texts that cannot be translated into each language yet: the first of them, and their number."""
        found = [(locale, *_get_unplaced(locale.pk)) for locale in policy.languages_of(self.request.user)]
        return [
            {
                "language": locale.get_display_name(),
                "pages": Page.objects.filter(pk__in=keys).order_by("pk"),
                "total": total,
            }
            for locale, keys, total in found
            if total
        ]

    def get_filename(self) -> str:
        return f"translations-{timezone.localdate().isoformat()}"

    def to_row_dict(self, item: TranslationState) -> dict[str, Any]:
        item.page.is_translation = True
        item.original_title = policy.original_title(self.request.user, item)  # type: ignore[attr-defined]
        item.given = policy.instructions_for(self.request.user, item)  # type: ignore[attr-defined]
        return {name: value(item) for name, (_heading, value) in EXPORT_COLUMNS.items()}

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        if export_format == self.FORMAT_CSV and isinstance(value, datetime):
            return timezone.localtime(value).isoformat(timespec="seconds")
        return super().preprocess_field_value(field, value, export_format)
