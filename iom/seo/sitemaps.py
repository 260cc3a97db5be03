from collections import defaultdict
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.utils.encoding import iri_to_uri
from wagtail.models import Page

from iom.navigation.alternates import x_default
from iom.navigation.visibility import visible


class PageSitemap(Sitemap[Any]):
    """Every public page in every language, with its translations; one query."""

    def items(self) -> list[dict[str, Any]]:
        rows = (
            visible(Page.objects.filter(depth__gt=1))
            .order_by("path")
            .values("pk", "url_path", "depth", "translation_key", "locale__language_code", "last_published_at")
        )
        texts: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
        for row in rows:
            texts[row["translation_key"]].append(row)
        return [row | {"translations": texts[row["translation_key"]]} for row in rows]

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        return [self._entry(row) for row in self.paginator.page(page).object_list]

    def _entry(self, row: dict[str, Any]) -> dict[str, Any]:
        original = min(row["translations"], key=lambda text: text["pk"])
        alternates = [(text["locale__language_code"], text["url_path"]) for text in row["translations"]]
        alternates.append(("x-default", x_default(row["depth"], original["url_path"])))
        return {
            "location": settings.SITE_URL + iri_to_uri(row["url_path"]),
            "lastmod": row["last_published_at"],
            "alternates": [
                {"lang_code": code, "location": settings.SITE_URL + iri_to_uri(url)} for code, url in alternates
            ],
        }
