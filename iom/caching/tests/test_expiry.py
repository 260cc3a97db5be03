"""Each key in a cache server expires, and none evicts the counts of wrong passwords."""

import re
import subprocess
import sys
import time

import pytest
from django.conf import settings
from django.core.cache import caches
from django.urls import reverse

from iom.caching.tests.readers import kept_addresses
from iom.maps.views import locator_url
from iom.tests.addresses import LANGUAGES, SEARCH
from iom.users.tests.people import code, confirm, enter, set_up_app, sign_in

WEEK = 7 * 24 * 3600
COMPOSE = (settings.BASE_DIR / "compose.yaml").read_text()
OPERATORS = (settings.BASE_DIR / "docs/operators.md").read_text()


def stored(name):
    """The keys in the cache of that name, each with the seconds after which it expires; None: never."""
    cache = caches[name]
    if settings.CACHES[name]["BACKEND"].endswith("RedisCache"):
        server = cache._cache.get_client(write=True)
        return {key: ttl if (ttl := server.ttl(key)) > 0 else None for key in server.keys("*")}
    return {key: moment and moment - time.time() for key, moment in cache._expire_info.items()}


def ask_for_everything_that_is_kept(site, client):
    for language in LANGUAGES:
        for address in [*kept_addresses(language), f"{SEARCH[language]}?q=Canada"]:
            assert site.get(address).status == "200 OK", address
    assert client.get(locator_url(["TD", "HT"])).status_code == 200
    sign_in("officer", "wrong")
    officer, _leads = sign_in("officer")
    confirm(officer)
    secret, _codes = set_up_app(officer)
    officer.get("/admin/")
    officer, _leads = sign_in("officer")
    assert enter(officer, "000000") == 200
    assert enter(officer, code(secret, 1)) == 302
    officer.post(reverse("wagtailadmin_password_reset"), {"email": "officer@example.org"})
    assert client.get("/-/ready").status_code in (200, 503)


@pytest.mark.django_db
def test_no_key_is_stored_without_an_expiry(site, client, settings):
    settings.SEARCHES_PER_MINUTE, settings.TRUSTED_PROXIES = 100, 0
    for cache in settings.CACHES:
        caches[cache].clear()
    ask_for_everything_that_is_kept(site, client)
    found = {name: stored(name) for name in settings.CACHES}

    assert len(found["pages"]) > 20
    assert len(found["default"]) > 1  # a map, a count of searches
    assert len(found["limits"]) > 1
    assert [(name, key) for name, keys in found.items() for key, expires in keys.items() if expires is None] == []


@pytest.mark.django_db
def test_a_page_and_a_map_are_kept_for_a_week(site, client):
    for name in ("pages", "default"):
        caches[name].clear()
    site.get("/fr/")
    client.get(locator_url(["TD", "NE"]))
    for name in ("pages", "default"):
        assert WEEK - 60 < max(stored(name).values()) <= WEEK


def policy(server):
    """Returns the memory of a server in compose.yaml, and its eviction policy."""
    (said,) = re.findall(rf"^  {server}:(?:.*\n)(?:    .*\n)*?    command: (\[.*\])$", COMPOSE, re.MULTILINE)
    memory, what = re.findall(r'"--maxmemory", "(\w+)", "--maxmemory-policy", "([\w-]+)"', said)[0]
    assert memory
    return what


def test_the_counts_of_compose_have_a_server_that_forgets_none():
    servers = dict(re.findall(r"^    ((?:LIMITS_)?CACHE_URL): \w+://:.+@(\w+):", COMPOSE, re.MULTILINE))
    assert policy(servers["LIMITS_CACHE_URL"]) == "noeviction"
    assert policy(servers["CACHE_URL"]) == "allkeys-lru"


def test_the_guide_for_debian_has_the_same_servers():
    """Each server with its port, in the order of the file's lines."""
    kept, counts = re.findall(r"^printf '(.*maxmemory.*)' >>? (\S+)$", OPERATORS, re.MULTILINE)
    assert kept == ("maxmemory 256mb\\nmaxmemory-policy allkeys-lru\\n", "/etc/valkey/valkey.conf")
    assert counts[0].endswith("noeviction\\n")
    (port,) = re.findall(r"^LIMITS_CACHE_URL=\w+://127\.0\.0\.1:(\d+)", OPERATORS, re.MULTILINE)
    assert f"port {port}\\n" in counts[0]


def test_the_counts_are_where_the_variable_says(tmp_path):
    told = (
        "from iom.settings.base import CACHES as c; print(*(c[n]['LOCATION'] for n in ('limits', 'pages', 'default')))"
    )
    urls = {"CACHE_URL": "rediscache://pages:6379/0", "LIMITS_CACHE_URL": "rediscache://counts:6380/0"}
    said = subprocess.run(
        [sys.executable, "-c", told],
        cwd=settings.BASE_DIR,
        env=urls | {"DATA_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    limits, *others = said.stdout.split()
    assert "counts" in limits
    assert not any("counts" in other for other in others)
