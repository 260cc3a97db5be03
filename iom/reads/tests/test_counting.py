"""Which requests count as reads, what is stored of them, and that counting costs readers nothing."""

import threading
import time
from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from iom.caching import triggers, version
from iom.caching.page_cache import PageCache
from iom.caching.tests.readers import FakeWatch, Reader
from iom.reads import reading, writing
from iom.reads.models import PageReads
from iom.reads.requests import is_browser
from iom.reads.tally import Tally
from iom.tests.addresses import LANGUAGES, NAMES, NEWS, page
from newsroom.officers.tests.test_listing import withdrawn

pytestmark = pytest.mark.django_db

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:150.0) Gecko/20100101 Firefox/150.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 "
    "Mobile/15E148 Safari/604.1"
)
PEOPLE = [
    FIREFOX,
    PHONE,
    "Mozilla/5.0 (Linux; Android 12; CUBOT P60) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Mobile Safari/537.36",
    "Opera/9.80 (J2ME/MIDP; Opera Mini/9.80 (S60; SymbOS; Opera Mobi/23.348; U; en) Presto/2.5.25 Version/10.54",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_6) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/480.0;FBLC/fr_FR]",
]
PROGRAMS = [
    "",
    "curl/8.14.1",
    "python-requests/2.32",
    "WhatsApp/2.23.20.0",
    "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2) Chrome/119.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0 Safari/537.36",
    "Mozilla/5.0 (Linux; Android 11) AppleWebKit/537.36 Chrome/137.0 Mobile Safari/537.36 Chrome-Lighthouse",
    "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
    "Mozilla/5.0 (compatible; Google-InspectionTool/1.0;)",
]


@pytest.fixture
def counted():
    """The paths and numbers with which `write` is called."""
    return Counter()


@pytest.fixture
def tally(counted):
    return Tally(counted.update, interval=3600)


@pytest.fixture
def site(tally):
    caches["pages"].clear()
    return Reader(PageCache(get_wsgi_application(), FakeWatch(), tally.count))


def read(site, address, **headers):
    return site.get(address, **({"HTTP_USER_AGENT": FIREFOX} | headers))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_page_is_counted_whether_it_is_kept_or_not_and_once_again_when_it_has_not_changed(
    site, tally, counted, language
):
    for name in NAMES:
        address = page(name, language).url
        sources = [read(site, address).source, read(site, address).source]
        again = read(site, address, HTTP_IF_NONE_MATCH=read(site, address).headers["etag"])
        assert sources == ["miss", "hit"]
        assert again.status.startswith("304")
        tally.write()
        assert counted.pop(address) == 4, name


@pytest.mark.parametrize(
    "headers",
    [
        {"method": "HEAD"},
        {"HTTP_SEC_PURPOSE": "prefetch;prerender"},
        {"HTTP_PURPOSE": "prefetch"},
        {"HTTP_X_MOZ": "prefetch"},
        {"HTTP_SEC_FETCH_DEST": "empty"},
        {"HTTP_COOKIE": "__Host-sessionid=a; sessionid=b"},
        *({"HTTP_USER_AGENT": name} for name in PROGRAMS),
    ],
    ids=str,
)
def test_what_nobody_reads_is_not_counted(site, tally, counted, headers):
    address = page("article", "fr").url
    read(site, address, **headers)
    read(site, address, **headers)
    tally.write()
    assert not counted


def test_what_is_not_found_is_not_counted(site, tally, counted):
    read(site, f"{NEWS['fr']}il-n-y-a-rien-ici/")
    tally.write()
    assert not counted


def test_what_is_withdrawn_is_not_read_any_more(site, tally, counted):
    address = withdrawn(title="Un zirconium").url
    assert [read(site, address).status[:3] for _again in range(2)] == ["410", "410"]
    tally.write()
    assert not counted


@pytest.mark.parametrize("name", PEOPLE)
def test_browsers_are_people(name):
    assert is_browser(name)


def test_counting_asks_the_database_for_nothing_and_keeps_the_path_alone(site, tally, counted):
    address = page("article", "fr").url
    read(site, address)
    with CaptureQueriesContext(connection) as captured:
        read(
            site,
            f"{address}?utm_source=someone@example.org",
            REMOTE_ADDR="192.0.2.1",
            HTTP_REFERER="https://example.org",
        )
    assert [query for query in captured.captured_queries if "caching_contentchange" not in query["sql"].lower()] == []
    assert tally._counts == {address: 2}


def test_invented_addresses_fill_no_memory(tally, monkeypatch):
    monkeypatch.setattr("iom.reads.tally.MAX_PATHS", 2)
    for path in ("/fr/", "/fr/a/", "/fr/b/", "/fr/"):
        tally.count({"REQUEST_METHOD": "GET", "PATH_INFO": path, "HTTP_USER_AGENT": FIREFOX})
    assert tally._counts == {"/fr/": 2, "/fr/a/": 1}


def test_all_that_is_stored_is_the_page_the_day_and_a_number():
    assert [field.name for field in PageReads._meta.fields] == ["id", "page", "day", "number"]


def test_processes_add_to_the_same_number_and_no_kept_page_becomes_old():
    here, before = page("article", "fr"), version.read_number()
    for number in (2, 3):
        writing.add_reads({here.url: number, f"{here.url}text/": 1, NEWS["fr"]: 1, "/fr/\xc3\xa9/": 1})
    assert PageReads.objects.get(page=here).number == 5
    assert PageReads.objects.get(page=page("index", "fr")).number == 2
    assert PageReads.objects.count() == 2
    assert version.read_number() == before
    assert triggers.is_ignored(PageReads._meta.db_table)


def test_while_the_database_is_away_nothing_is_lost(counted):
    def away(counts):
        raise OperationalError

    tally = Tally(away, interval=3600)
    tally.count({"REQUEST_METHOD": "GET", "PATH_INFO": "/fr/", "HTTP_USER_AGENT": FIREFOX})
    tally.write()
    tally._write = counted.update
    tally.write()
    assert counted == {"/fr/": 1}


def test_what_is_counted_is_written_by_itself_and_of_many_threads_nothing_is_lost(counted):
    tally = Tally(counted.update, interval=0.05)
    request = {"REQUEST_METHOD": "GET", "PATH_INFO": "/fr/", "HTTP_USER_AGENT": FIREFOX}
    threads = [threading.Thread(target=lambda: [tally.count(request) for _ in range(500)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    end = time.monotonic() + 20
    while counted["/fr/"] < 2000 and time.monotonic() < end:
        time.sleep(0.05)
    assert counted == {"/fr/": 2000}


def test_old_days_become_a_part_of_their_year_and_no_read_is_lost():
    here, today = page("article", "fr"), timezone.localdate()
    recent, year = today - timedelta(days=writing.DAYS_KEPT), today.year - 3
    days = [recent, date(year, 1, 1), date(year, 3, 1), date(year, 12, 31), date(year - 1, 5, 5)]
    for number, day in enumerate(days, start=1):
        PageReads.objects.create(page=here, day=day, number=number)
    for _again in range(2):
        writing.sum_up("all")
        rows = dict(PageReads.objects.values_list("day", "number"))
        assert rows == {recent: 1, date(year, 1, 1): 2 + 3 + 4, date(year - 1, 1, 1): 5}
    assert reading.reads_by_text([here.translation_key])[here.translation_key].total == 15


def test_a_text_is_read_in_its_languages():
    french, english, today = page("article", "fr"), page("article", "en"), timezone.localdate()
    PageReads.objects.create(page=french, day=today, number=3)
    PageReads.objects.create(page=english, day=today, number=1)
    PageReads.objects.create(page=english, day=today - timedelta(days=40), number=10)
    found = reading.reads_by_text([french.translation_key])[french.translation_key]
    assert (found.total, found.by_language, found.days) == (14, {"fr": 3, "en": 11}, {today: 4})


def test_what_is_read_most_is_compared_by_the_sum_of_the_week():
    first, second, today = page("article", "fr"), page("index", "fr"), timezone.localdate()
    PageReads.objects.create(page=second, day=today, number=5)
    for ago in (0, 2):
        PageReads.objects.create(page=first, day=today - timedelta(days=ago), number=3)
    PageReads.objects.create(page=second, day=today - timedelta(days=8), number=50)
    assert list(reading.most_read().items()) == [(first.translation_key, 6), (second.translation_key, 5)]
