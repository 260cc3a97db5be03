"""The screen with the reads of an article."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale

from iom.reads import reading
from newsroom.officers import originals
from newsroom.officers.listing import may_open

DAYS = 90


class ReadsView(WagtailAdminTemplateMixin, TemplateView):
    """The reads of an article by day and language."""

    template_name = "newsroom/officers/reads.html"
    page_title = _("Reads")
    header_icon = "view"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_open(request.user) or not reading.is_counted():
            raise PermissionDenied
        self.article = get_object_or_404(originals.known_to(request.user), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.article.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("newsroom_articles"), "label": _("Newsroom")}
        here = {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, above, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = self.article.translation_key
        reads = reading.of_texts([key], DAYS)[key]
        locales = list(Locale.objects.order_by("pk"))
        codes = [locale.language_code for locale in locales]
        rows = [
            (day, [reads.days_by_language[code].get(day, 0) for code in codes], reads.days[day])
            for day in sorted(reads.days, reverse=True)
        ]
        return super().get_context_data(**kwargs) | {
            "article": self.article,
            "reads": reads,
            "days": DAYS,
            "languages": [locale.get_display_name() for locale in locales],
            "sums": [reads.by_language.get(code, 0) for code in codes],
            "rows": rows,
        }
