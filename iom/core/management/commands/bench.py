import gzip
import statistics
import time
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page, get_page_models

from iom.navigation.visibility import visible

ROUNDS = 20


class Command(BaseCommand):
    help = "Prints queries, milliseconds and bytes of a request to a page of each type in each language."

    def handle(self, *args: Any, **options: Any) -> None:
        client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
        self.stdout.write(f"{'page':<16}{'language':<10}{'queries':>8}{'ms (median)':>13}{'bytes':>9}{'gzip':>8}")
        for name, language, address in self.addresses():
            client.get(address)  # fills caches
            with CaptureQueriesContext(connection) as queries:
                response = client.get(address)
            asked = len(queries)
            times = []
            for _round in range(ROUNDS):
                start = time.perf_counter()
                client.get(address)
                times.append((time.perf_counter() - start) * 1000)
            size, compressed = len(response.content), len(gzip.compress(response.content))
            self.stdout.write(
                f"{name:<16}{language:<10}{asked:>8}{statistics.median(times):>13.1f}{size:>9}{compressed:>8}"
            )

    def addresses(self) -> list[tuple[str, str, str]]:
        """Name, language and address of what is measured."""
        found = []
        for language, _name in settings.LANGUAGES:
            for model in get_page_models():
                pages: Any = model._default_manager.filter(locale__language_code=language)
                page = visible(pages).order_by("pk").first() if model is not Page else None
                if page:
                    found.append((model.__name__, language, page.url_path))
            with translation.override(language):
                found.append(("search", language, reverse("search") + "?q=migration"))
        return found
