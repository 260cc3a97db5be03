"""The number of queries of a page that is not cached."""

import pytest
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext

from iom.caching.page_cache import PageCache
from iom.caching.tests.readers import Reader, kept_addresses
from iom.listing.models import Entry
from iom.tests.addresses import LANGUAGES

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_article_is_rendered_with_six_queries_at_most_and_other_pages_with_seven(site, watch, language):
    """An earlier page has loaded what pages share. The query of the watch is not counted."""
    for address in kept_addresses(language):
        site.get(address)
    entries = Entry.objects.filter(locale__language_code=language).values_list("url_path", "kind")
    assert any(kind for _address, kind in entries)
    for address, kind in entries:
        caches["pages"].clear()
        reader = Reader(PageCache(get_wsgi_application(), watch))
        with CaptureQueriesContext(connection) as queries:
            assert reader.get(address).source in ("miss", "pass"), address
        of_the_page = [query["sql"] for query in queries if "caching_contentchange" not in query["sql"]]
        assert len(of_the_page) <= (6 if kind else 7), (address, of_the_page)
