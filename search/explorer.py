"""Page listings of the admin whose search finds words in texts and drafts."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet
from wagtail.search.utils import separate_filters_from_query

from iom.translation.desk import explorer as desk
from search import drafts

LIVE = {"yes": True, "true": True, "no": False, "false": False}  # values after `live:` and `published:`


class TextSearchMixin:
    """Searches a page listing by `search.drafts`. The order is the user's, or by relevance."""

    def search_queryset(self: Any, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if not self.is_searching:
            return queryset
        found = drafts.search(queryset, self.search_query, self.request.user)
        return found.order_by(*queryset.query.order_by) if self.is_explicitly_ordered else found


class ExplorerView(TextSearchMixin, desk.ExplorerView):
    pass


class PagesOfTypeView(TextSearchMixin, desk.PagesOfTypeView):
    pass


class PageSearchView(desk.PageSearchView):
    """The page search of the admin. Matches by title come first, unless the user chooses an order."""

    def get_queryset(self) -> QuerySet[Any]:
        """Does the same as Wagtail's method, which searches only titles."""
        filters, text = separate_filters_from_query(self.search_query)
        pages = self.permission_policy.explorable_instances(self.request.user)
        is_live = LIVE.get(filters.get("live", filters.get("published", "")).lower())
        if is_live is not None:
            pages = pages.filter(live=is_live)
        self.all_pages = drafts.search(pages, text, self.request.user)
        numbers = self.all_pages.order_by().values_list("content_type").annotate(Count("pk")).order_by("-pk__count")
        self.content_types = [(ContentType.objects.get_for_id(key), number) for key, number in numbers]
        pages = self.annotate_queryset(self.all_pages.select_related("locale"))
        if self.selected_content_type:
            pages = pages.filter(content_type=self.selected_content_type)
        return pages.order_by(self.ordering) if self.ordering else pages

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        context["object_list"].supports_facet = True  # Wagtail's template shows counts by type if it is set
        return context


class SearchedPageViewSet(desk.TranslatedPageViewSet):
    """The listing views of all page types."""

    index_view_class = ExplorerView
    content_type_use_view_class = PagesOfTypeView
    search_view_class = PageSearchView
