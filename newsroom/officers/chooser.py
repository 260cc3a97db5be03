"""The page chooser: it lists the latest articles first, and opens at the newsroom when it asks for an article."""

from typing import Any

from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.admin.views.chooser import BrowseView
from wagtail.models import Page
from wagtail.query import PageQuerySet

from newsroom.models import NewsArticle, NewsIndex


class SingleLanguageQuerySet(PageQuerySet):
    """A queryset that ignores the locale: all pages below a newsroom have its language, and with this condition
    SQLite would use the index of locales."""

    def filter(self, *args: Any, **kwargs: Any) -> "SingleLanguageQuerySet":
        kwargs.pop("locale", None)
        found: SingleLanguageQuerySet = super().filter(*args, **kwargs)
        return found


class NewsroomBrowseView(BrowseView):
    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        if parent_page_id is None and request.GET.get("page_type") == NewsArticle._meta.label_lower:
            newsrooms = NewsIndex.objects.filter(alias_of=None, locale__language_code=get_language())
            parent_page_id = newsrooms.order_by("pk").values_list("pk", flat=True).first()
        return super().get(request, parent_page_id)

    def get_object_list(self) -> Any:
        """Orders by the key of the latest revision, which follows the order of changes and has an index. With the
        index of paths, SQLite would sort all articles."""
        newsroom = self.parent_page
        if not isinstance(newsroom, NewsIndex):
            return super().get_object_list()
        pages = SingleLanguageQuerySet(Page).alias(above=Substr("path", 1, len(newsroom.path)))
        pages = pages.filter(above=newsroom.path, depth=newsroom.depth + 1)
        return pages.defer_streamfields().specific().select_related("locale").order_by("-latest_revision")
