"""The chooser of pages shows the latest articles first, and opens there where an article is looked for."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.admin.views.chooser import BrowseView

from newsroom.models import NewsArticle, NewsIndex


class NewsroomBrowseView(BrowseView):
    def get(self, request: HttpRequest, parent_page_id: int | None = None) -> HttpResponse:
        if parent_page_id is None and request.GET.get("page_type") == NewsArticle._meta.label_lower:
            own = NewsIndex.objects.filter(alias_of=None, locale__language_code=get_language())
            parent_page_id = own.order_by("pk").values_list("pk", flat=True).first()
        return super().get(request, parent_page_id)

    def get_object_list(self) -> Any:
        pages = super().get_object_list()
        # By the number of the latest revision: its index has the order of the last changes
        return pages.order_by("-latest_revision") if isinstance(self.parent_page, NewsIndex) else pages
