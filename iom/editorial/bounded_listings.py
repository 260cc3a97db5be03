"""Admin listings whose cost does not grow with the number of pages.

Wagtail counts all rows of a listing for its pagination. Here rows are counted only up to MAX_COUNTED beyond the page
that is shown; all rows can still be reached, page after page.
"""

from contextlib import suppress
from typing import Any

from django.contrib.auth import get_user_model
from django.core.paginator import Page as ListPage
from django.db import connection
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce
from django.db.models.lookups import Exact
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views import chooser
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.reports import page_types_usage, workflows
from wagtail.admin.views.reports.audit_logging import SiteHistoryReportFilterSet
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.log_actions import registry
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState, get_default_page_content_type
from wagtail.permissions import policy_registry

MAX_COUNTED = 2000
MAX_OFFSET = 10**9  # rows; a larger number in the address is cut


class BoundedPaginator(WagtailPaginator):
    object_list: Any
    is_capped = False  # whether there are more rows than were counted
    most = MAX_COUNTED

    @cached_property
    def count(self) -> int:
        if not isinstance(self.object_list, QuerySet) or self.object_list.query.is_sliced:
            return super().count
        rows = self.object_list.order_by()
        query = rows.query
        if not (query.combinator or query.distinct or query.group_by):
            rows = rows.values("pk")  # else the annotations would be computed for each counted row
        found = limit_union_parts(rows, self.most + 1)[: self.most + 1].count()
        self.is_capped = found > self.most
        return min(found, self.most)

    def page(self, number: Any) -> ListPage[Any]:
        number = self.validate_number(number)
        if isinstance(self.object_list, QuerySet):
            self.object_list = limit_union_parts(self.object_list, number * self.per_page)
        return super().page(number)

    def validate_number(self, number: Any) -> int:
        """Counts further for a page beyond the counted rows."""
        with suppress(TypeError, ValueError):
            wanted = min(int(number) * self.per_page, MAX_OFFSET)
            if wanted >= self.count and self.is_capped:
                self.most = wanted + MAX_COUNTED
                for name in ("count", "num_pages"):
                    self.__dict__.pop(name, None)
        return super().validate_number(number)

    @cached_property
    def items_count_label(self) -> str:
        number = number_format(self.count, force_grouping=True)
        if not self.is_capped:
            return super().items_count_label
        return gettext("more than %(number)s %(objects)s") % {"number": number, "objects": self.verbose_name_plural}


class KeysFirstPaginator(BoundedPaginator):
    """Finds the keys of a page's rows first, then reads these rows. Thus annotations are computed for these rows only,
    not for all rows that are compared."""

    def page(self, number: Any) -> ListPage[Any]:
        found = super().page(number)
        if isinstance(found.object_list, QuerySet):
            keys = list(found.object_list.values_list("pk", flat=True))
            found.object_list = self.object_list.filter(pk__in=keys)
        return found


def limit_union_parts(rows: QuerySet[Any], most: int) -> QuerySet[Any]:
    """Limits each part of a union to `most` rows, in the order of the whole.

    PostgreSQL would read and sort unlimited parts completely. SQLite reads them row by row, and allows no limit there.
    """
    if connection.vendor != "postgresql" or rows.query.combinator != "union" or not rows.query.combinator_all:
        return rows
    rows = rows.all()
    parts = [part.clone() for part in rows.query.combined_queries]
    for part in parts:
        part.clear_ordering(force=True)
        part.add_ordering(*rows.query.order_by)
        part.set_limits(high=most)
    rows.query.combined_queries = tuple(parts)
    return rows


class RowPerTypePaginator(WagtailPaginator):
    """For a list with one row per page type. It is read once, and counted in memory."""

    @cached_property
    def count(self) -> int:
        return len(self.object_list)


_locked_pages = LockedPagesView.get_queryset


def locked_pages(view: LockedPagesView) -> Any:
    """Wagtail's queryset, with its condition repeated without a parameter, so that SQLite uses a partial index."""
    return _locked_pages(view).extra(where=[f"{Page._meta.db_table}.locked"])  # noqa: S610  (a name, and no value)


def _pages_of_type(language: str | None, path: str | None) -> QuerySet[Page]:
    pages = Page.objects.filter(content_type=OuterRef("pk"))
    if language:
        pages = pages.filter(locale__language_code=language)
    return pages.filter(path__startswith=path) if path else pages


def annotate_page_types(types: QuerySet[Any], language: str | None, path: str | None) -> QuerySet[Any]:
    """Annotates page types with the number of their pages and the page that was edited last, as Wagtail does.

    The pages of each type are counted in an index; Wagtail reads all pages.
    """
    pages = _pages_of_type(language, path)
    numbers = pages.order_by().values("content_type").annotate(number=Count("*")).values("number")
    latest = pages.order_by(F("latest_revision_created_at").desc(nulls_last=True), "title", "-pk")
    return types.annotate(
        count=Coalesce(Subquery(numbers, output_field=IntegerField()), 0),
        last_edited_page_id=Subquery(latest.values("pk")[:1]),
    )


def types_of_language(_filter: Any, types: QuerySet[Any], language: str | None) -> QuerySet[Any]:
    """Filters page types by language, as Wagtail does, with one row for each type."""
    return types.filter(Exists(_pages_of_type(language, None))) if language else types


def types_of_site(_filter: Any, types: QuerySet[Any], path: str | None) -> QuerySet[Any]:
    return types.filter(Exists(_pages_of_type(None, path))) if path else types


def distinct_values(model: type[Model], column: str) -> set[Any]:
    """Returns the distinct values of an indexed column, with one index look-up for each value instead of each row."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE known(value) AS (SELECT min({column}) FROM {table} UNION ALL "  # noqa: S608
            f"SELECT (SELECT min({column}) FROM {table} WHERE {column} > known.value) FROM known "
            "WHERE known.value IS NOT NULL) SELECT value FROM known WHERE value IS NOT NULL"
        )
        return {value for (value,) in cursor.fetchall()}


def actions_in_history(filters: SiteHistoryReportFilterSet) -> list[Any]:
    """Returns the actions that occur in the log. Wagtail would read for each whether the user may see an entry."""
    done = set().union(*(distinct_values(model, "action") for model in registry.get_log_entry_models()))
    return [choice for choice in registry.get_choices() if choice[0] in done]


def users_in_history(filters: SiteHistoryReportFilterSet) -> QuerySet[Any]:
    """Returns the users who occur in the log of pages, as Wagtail does."""
    model = get_user_model()
    return model._default_manager.filter(pk__in=distinct_values(PageLogEntry, "user_id")).order_by(
        model.USERNAME_FIELD
    )


def workflow_states(view: workflows.WorkflowView) -> QuerySet[Any]:
    """Returns the rows of Wagtail's workflow report."""
    states = WorkflowState.objects.select_related("workflow", "requested_by").order_by("-created_at")
    texts = ("content_object", "content_object__latest_revision")
    return _filter_editable(states.prefetch_related(*texts), "", view.request)


def task_states(view: workflows.WorkflowTasksView) -> QuerySet[Any]:
    """Returns the rows of Wagtail's report of workflow tasks."""
    states = TaskState.objects.select_related("workflow_state", "task").order_by("-started_at")
    texts = ("workflow_state__content_object", "workflow_state__content_object__latest_revision")
    return _filter_editable(states.prefetch_related(*texts), "workflow_state__", view.request)


def _filter_editable(states: QuerySet[Any], prefix: str, request: HttpRequest) -> QuerySet[Any]:
    """Keeps the states of objects that the user may edit. `prefix` is the lookup path to the WorkflowState.

    Each page is looked up by its key. With Wagtail's query, PostgreSQL scans all pages for each state.
    """
    pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(request.user, "change")
    of_page = Exact(OuterRef(f"{prefix}base_content_type"), Value(get_default_page_content_type().pk))
    key = Case(When(of_page, then=Cast(OuterRef(f"{prefix}object_id"), IntegerField())))
    others = {f"{prefix}content_type__in": workflows.get_editable_content_type_ids(request)}
    return states.filter(Exists(pages.filter(pk=key)) | Q(**others))


def install() -> None:
    BaseListingView.paginator_class = BoundedPaginator
    chooser.Paginator = BoundedPaginator
    LockedPagesView.get_queryset = locked_pages
    workflows.WorkflowView.get_queryset = workflow_states
    workflows.WorkflowTasksView.get_queryset = task_states
    page_types_usage.PageTypesUsageReportView.paginator_class = RowPerTypePaginator
    page_types_usage._annotate_last_edit_info = annotate_page_types
    page_types_usage.LocaleFilter.filter = types_of_language
    page_types_usage.SiteFilter.filter = types_of_site
    SiteHistoryReportFilterSet.get_action_choices = actions_in_history
    SiteHistoryReportFilterSet.get_users_queryset = users_in_history
