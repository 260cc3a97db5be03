"""The report of words translated: by publication and translator, with sums for the chosen period and a chart."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import django_filters
from django.contrib.auth import get_user_model
from django.db.models import Case, F, QuerySet, Sum, Value, When
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.reports import ReportView

from iom.core.admin_visibility import hidden_texts
from iom.reads.templatetags.reads_tags import plot_context
from iom.translation.desk.queue import LanguageFilter
from iom.translation.models import Figures
from iom.translation.workflow import log, policy
from iom.translation.workflow.views import DeskScreen
from iom.translation.workflow.word_counts import CHANGED, EXACT, NEW, REPEATED

NUMBERS = {
    NEW: _("New words"),
    CHANGED: _("Changed words"),
    EXACT: _("Exact matches"),
    REPEATED: _("Repeated words"),
}
MONTHS = 24  # in the chart


def translators(request: Any) -> QuerySet[Any]:
    return get_user_model().objects.filter(pk__in=Figures.objects.values("translator"))


class TranslatorFilter(django_filters.ModelChoiceFilter):
    @property
    def field(self) -> Any:
        field = super().field
        field.label_from_instance = get_user_display_name
        return field


class FiguresFilterSet(WagtailFilterSet):
    published_at = django_filters.DateFromToRangeFilter(label=_("Published on"), widget=DateRangePickerWidget)
    locale = LanguageFilter(label=_("Language"), empty_label=_("All my languages"))
    translator = TranslatorFilter(label=_("Translator"), queryset=translators, empty_label=_("Anyone"))

    class Meta:
        model = Figures
        fields = ["published_at", "locale", "translator"]


class FiguresView(DeskScreen, ReportView):
    """The report of words in published translations, with filters, sums, CSV and XLSX."""

    model = Figures
    page_title = _("Words translated")
    header_icon = "list-ol"
    index_url_name = "translation_figures"
    index_results_url_name = "translation_figures_results"
    template_name = "translation/desk/figures.html"
    results_template_name = "translation/desk/figures_results.html"
    filterset_class = FiguresFilterSet
    default_ordering = ("-published_at", "-pk")
    columns = [
        Column("shown_title", label=_("Original"), width="34%"),
        Column("locale", label=_("Language"), accessor=lambda row: row.locale.get_display_name()),
        Column("translator", label=_("Translator"), accessor=lambda row: get_user_display_name(row.translator)),
        Column(
            "published_at", label=_("Published on"), accessor=lambda row: timezone.localtime(row.published_at).date()
        ),
        *(Column(name, label=label) for name, label in NUMBERS.items()),
    ]
    export_headings = {
        "title": _("Original"),
        "source": _("Language of the original"),
        "language": _("Language of the translation"),
        "translator": _("Translator"),
        "published_at": _("Published on"),
        **NUMBERS,
    }
    list_export = list(export_headings)

    def get_base_queryset(self) -> QuerySet[Figures]:
        """Returns the figures of publications that changed at least one passage: the user's own; for editors, all.

        `shown_title` is a dash for texts that the user may not see, such as one withdrawn for protection.
        """
        user = self.request.user
        title = Case(When(translation_key__in=hidden_texts(user), then=Value("–")), default=F("title"))
        rows = Figures.objects.exclude(new=0, changed=0, exact=0)
        if not user.has_perm("users.retire_page"):
            rows = rows.filter(translator=user)
        return rows.annotate(shown_title=title).select_related("translator", "locale", "source_locale")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows = self.filter_queryset(self.get_base_queryset()).order_by()
        sums = {name: Sum(name) for name in NUMBERS}
        people = (
            rows.values("locale", "translator")
            .annotate(**sums)
            .order_by("locale", F("translator").asc(nulls_last=True))
        )
        months = rows.annotate(month=TruncMonth("published_at")).values("month")
        by_month = months.annotate(words=Sum(F(NEW) + F(CHANGED))).values_list("month", "words")
        return context | {
            "numbers": NUMBERS.values(),
            "sums": self._named(people),
            "plot": plot({month.date().replace(day=1): words for month, words in by_month}),
            "address": reverse(self.index_url_name),
        }

    def _named(self, people: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        rows = list(people)
        names = log.user_names(row["translator"] for row in rows)
        languages = {locale.pk: locale.get_display_name() for locale in policy.languages_of(self.request.user)}
        return [
            {
                "translator": names.get(row["translator"], ""),
                "language": languages.get(row["locale"], ""),
                "numbers": [row[name] for name in NUMBERS],
            }
            for row in rows
        ]

    def get_filename(self) -> str:
        return f"words-translated-{timezone.localdate().isoformat()}"

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        return {
            "title": item.shown_title,
            "source": item.source_locale.language_code,
            "language": item.locale.language_code,
            "translator": get_user_display_name(item.translator),
            "published_at": timezone.localtime(item.published_at).date(),
            **{name: getattr(item, name) for name in NUMBERS},
        }


def plot(words: dict[date, int]) -> dict[str, Any]:
    """Returns the words of each of the last `MONTHS` months, for `translation/desk/figures_plot.html`."""
    today = timezone.localdate()
    count = today.year * 12 + today.month - 1
    months = [date(number // 12, number % 12 + 1, 1) for number in range(count - MONTHS + 1, count + 1)]
    return plot_context([(month, words.get(month, 0)) for month in months])
