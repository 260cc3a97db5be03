"""The chooser of pages shows the latest articles first, and opens there where an article is looked for."""

from typing import Any

from django.db.models.functions import Substr
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.admin.views.chooser import BrowseView
from wagtail.models import Page
from wagtail.query import PageQuerySet

from newsroom.models import NewsArticle, NewsIndex


class OfOneLanguage(PageQuerySet):
    """What is below a newsroom is in its language: for that condition, SQLite would take the index of languages."""

    def filter(self, *args: Any, **kwargs: Any) -> "OfOneLanguage":
        kwargs.pop("locale", None)
        found: OfOneLanguage = super().filter(*args, **kwargs)
        return found


class NewsroomBrowseView(BrowseView):
    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        if parent_page_id is None and request.GET.get("page_type") == NewsArticle._meta.label_lower:
            own = NewsIndex.objects.filter(alias_of=None, locale__language_code=get_language())
            parent_page_id = own.order_by("pk").values_list("pk", flat=True).first()
        return super().get(request, parent_page_id)

    def get_object_list(self) -> Any:
        """By the number of the latest revision, whose index has the order of the last changes. By the index of paths,
        SQLite would sort all articles."""
        newsroom = self.parent_page
        if not isinstance(newsroom, NewsIndex):
            return super().get_object_list()
        pages = OfOneLanguage(Page).alias(above=Substr("path", 1, len(newsroom.path)))
        pages = pages.filter(above=newsroom.path, depth=newsroom.depth + 1)
        return pages.defer_streamfields().specific().select_related("locale").order_by("-latest_revision")
