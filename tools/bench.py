"""`python -m tools.bench`: queries, milliseconds and bytes of a page of each type in each language, printed."""

import gzip
import os
import statistics
import time
from typing import Any

import django
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

ROUNDS = 20


def main() -> None:
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    print(f"{'page':<16}{'language':<10}{'queries':>8}{'ms (median)':>13}{'bytes':>9}{'gzip':>8}")
    for name, language, address in addresses():
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
        print(f"{name:<16}{language:<10}{asked:>8}{statistics.median(times):>13.1f}{size:>9}{compressed:>8}")


def addresses() -> list[tuple[str, str, str]]:
    """Name, language and address of what is measured."""
    from wagtail.models import Page, get_page_models  # models are loaded by now

    from iom.navigation.visibility import visible

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


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iom.settings.development")
    os.environ["SEARCHES_PER_MINUTE"] = "0"
    django.setup()
    main()
