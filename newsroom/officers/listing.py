"""The list of the articles that a press officer may see, in all languages, with their states and translations."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.ui.tables.pages import PageTitleColumn
from wagtail.admin.views.pages.listing import IndexView
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permissions import policy_registry

from iom.contacts.models import Office
from iom.countries import short_name
from iom.editorial.bounded_listings import KeysFirstPaginator
from iom.reads import reading
from iom.screens import Screen
from iom.translation.desk.explorer import TranslationColumn, TranslationColumnMixin
from iom.users import WRITES_ORIGINALS
from newsroom.models import NewsArticle, NewsIndex
from newsroom.officers import originals
from newsroom.officers.filters import NewsroomFilterSet
from newsroom.officers.reads import ReadsColumn, add_reads
from newsroom.officers.tables import PersonColumn
from search.explorer import TextSearchMixin

DATE, CHANGE = "sort_date", "latest_revision"


def may_open(user: Any) -> bool:
    """Whether the user writes originals. Translators have the translation desk instead."""
    actions = IndexView.any_permission_required
    policy = policy_registry.get_by_type(NewsArticle)
    return user.has_perm(WRITES_ORIGINALS) and policy.user_has_any_permission(user, actions)


def add_article_url(user: Any) -> str | None:
    """Returns the address of the form for a new article: in the newsroom of the interface's language, else in the
    first other newsroom where the user may add articles; None without such a newsroom."""
    for newsroom in NewsIndex.own_language_first() if user.has_perm(WRITES_ORIGINALS) else []:
        if newsroom.permissions_for_user(user).can_add_subpage():
            return reverse("wagtailadmin_pages:add", args=["newsroom", "newsarticle", newsroom.pk])
    return None


def add_article_buttons(user: Any) -> list[HeaderButton]:
    """Returns the button for a new article. It shows its icon only: with a label, a phone would cut the title."""
    address = add_article_url(user)
    return [HeaderButton(_("New press release"), url=address, icon_name="plus", icon_only=True)] if address else []


class StateColumn(Column):
    """The state of an article, and the time for which it is scheduled."""

    cell_template_name = "newsroom/officers/state_cell.html"


def last_edited(article: Any) -> tuple[Any, Any] | None:
    """Returns the user who saved the latest revision, and its time."""
    revision = article.latest_revision
    return (revision.user, revision.created_at) if revision else None


def _date(article: NewsArticle) -> str:
    return date_format(localtime(article.sort_date), "SHORT_DATE_FORMAT") if article.sort_date else ""


def _countries(article: Any) -> str:
    return ", ".join(short_name(row.country.code) for row in article.countries.all())


class TextColumn(Column):
    """A column with an empty cell where there is no text, so that phones leave the cell out."""

    cell_template_name = "newsroom/officers/text_cell.html"


COLUMNS = [
    PageTitleColumn("title", label=_("Title"), classname="title"),
    TextColumn("date", label=_("Date"), accessor=_date, sort_key=DATE, width="7%"),
    Column("kind", label=_("Type"), accessor="get_kind_display", width="8%"),
    TextColumn("country", label=_("Country"), accessor=_countries, width="9%"),
    StateColumn("state", label=_("State"), accessor="status", width="10%"),
    TranslationColumn("translation", label=_("Translation"), accessor="translation_lines", width="12%"),
    TextColumn("office", label=_("Issuing office"), accessor="office", width="11%"),
    PersonColumn("editor", label=_("Last edited"), accessor=last_edited, sort_key=CHANGE, width="11%"),
]


class NewsroomView(Screen, TextSearchMixin, TranslationColumnMixin, IndexView):
    """The list of articles, ordered by their last change; by their date where the list is filtered by date."""

    model = NewsArticle
    page_title = _("Newsroom")
    header_icon = "list-ul"
    results_template_name = "newsroom/officers/listing_results.html"
    paginate_by = 20
    paginator_class = KeysFirstPaginator
    index_url_name = "newsroom_articles"
    index_results_url_name = "newsroom_articles_results"
    base_columns = COLUMNS
    base_filterset_class = NewsroomFilterSet
    default_ordering = f"-{CHANGE}"
    list_display = list_filter = None
    locale = None  # the articles of all languages
    table_classname = "listing full-width newsroom-listing"

    def may_open(self, user: Any) -> bool:
        return may_open(user)

    @cached_property
    def columns(self) -> list[Column]:
        reads = [ReadsColumn("reads", label=_("Reads"), accessor="reads", width="7%")] if reading.is_counted() else []
        return [*self.base_columns, *reads]

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        return add_article_buttons(self.request.user)

    def get_base_queryset(self) -> QuerySet[Any]:
        articles = originals.prefetch_for_listing(
            originals.explorable_by(self.request.user)
        ).annotate_site_root_state()
        return articles.prefetch_related("content_type", "countries", Prefetch("office", Office.objects.all()))

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Orders by indexed columns only: the key of the latest revision, which follows its creation, or the date."""
        ordering = self.ordering or self.default_ordering
        if self.request.GET.get("sort_date_from") or self.request.GET.get("sort_date_to"):
            ordering = ordering if self.is_explicitly_ordered else f"-{DATE}"
        if ordering.removeprefix("-") == CHANGE:
            return queryset.order_by(ordering)
        return queryset.order_by(ordering, "-page_ptr" if ordering.startswith("-") else "page_ptr")

    def get_table(self, object_list: Any) -> Any:
        originals.add_statuses(list(object_list), originals.scheduled_times())
        if reading.is_counted():
            add_reads(list(object_list))
        return super().get_table(object_list)
