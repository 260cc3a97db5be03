"""The screen with the reads of an article."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from iom.navigation.locales import site_locales
from iom.reads import reading
from iom.screens import Crumb, Screen
from newsroom.models import NewsArticle
from newsroom.officers import originals
from newsroom.officers.listing import may_open

DAYS = 90


class ReadsView(Screen, TemplateView):
    """The reads of an article by day and language."""

    template_name = "newsroom/officers/reads.html"
    page_title = _("Reads")
    header_icon = "view"

    def may_open(self, user: Any) -> bool:
        return may_open(user) and reading.is_counted()

    @cached_property
    def article(self) -> NewsArticle:
        return get_object_or_404(originals.explorable_by(self.request.user), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return str(self.article.get_admin_display_title())

    def parent_crumbs(self) -> list[Crumb]:
        return [{"url": reverse("newsroom_articles"), "label": _("Newsroom")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        key = self.article.translation_key
        reads = reading.reads_by_text([key], DAYS)[key]
        locales = list(site_locales().order_by("pk"))
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
