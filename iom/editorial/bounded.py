"""Lists of the admin that cost the same however many pages there are.

Wagtail counts all that a list has, to say how many pages of the list there are. Here it is counted no further than
MOST beyond the page that is shown: all that there is can still be reached, page after page.
"""

from contextlib import suppress
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext
from wagtail.admin.paginator import WagtailPaginator
from wagtail.admin.views import chooser
from wagtail.admin.views.generic.base import BaseListingView
from wagtail.admin.views.reports.locked_pages import LockedPagesView
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Page

MOST = 2000
FARTHEST = 10**9  # that a database is asked for


class BoundedPaginator(WagtailPaginator):
    is_capped = False  # there are more than are counted
    most = MOST

    @cached_property
    def count(self) -> int:
        if not isinstance(self.object_list, QuerySet) or self.object_list.query.is_sliced:
            return super().count
        rows = self.object_list.order_by()
        query = rows.query
        if not (query.combinator or query.distinct or query.group_by):
            rows = rows.values("pk")  # else what each row is annotated with would be found out to count it
        found = rows[: self.most + 1].count()
        self.is_capped = found > self.most
        return min(found, self.most)

    def validate_number(self, number: Any) -> int:
        """Counts further for a page that lies beyond what has been counted."""
        with suppress(TypeError, ValueError):
            wanted = min(int(number) * self.per_page, FARTHEST)
            if wanted >= self.count and self.is_capped:
                self.most = wanted + MOST
                for name in ("count", "num_pages"):
                    self.__dict__.pop(name, None)
        return super().validate_number(number)

    @cached_property
    def items_count_label(self) -> str:
        number = number_format(self.count, force_grouping=True)
        if not self.is_capped:
            return super().items_count_label
        return gettext("more than %(number)s %(objects)s") % {"number": number, "objects": self.verbose_name_plural}


class RowPerTypePaginator(WagtailPaginator):
    """Of a list with a row for each type of page and the number of its pages: it is read once, to be counted too."""

    @cached_property
    def count(self) -> int:
        return len(self.object_list)


_locked_pages = LockedPagesView.get_queryset


def locked_pages(view: LockedPagesView) -> Any:
    """As Wagtail's, with its condition once more as SQLite compares it with that of an index: without a parameter."""
    return _locked_pages(view).extra(where=[f"{Page._meta.db_table}.locked"])  # noqa: S610  (a name, and no value)


def install() -> None:
    BaseListingView.paginator_class = BoundedPaginator
    chooser.Paginator = BoundedPaginator
    LockedPagesView.get_queryset = locked_pages
    PageTypesUsageReportView.paginator_class = RowPerTypePaginator
