"""Settings for `make test`: as in production where it matters, otherwise fast and self-contained."""

from urllib.parse import urlsplit

from iom.users import KNOWN_PASSWORD

from .base import *

INSTALLED_APPS = ["iom.demo", *INSTALLED_APPS]
SECRET_KEY = "test-only"
ALLOWED_HOSTS = ["*"]
SITE_URL = "https://www.example.org"
WAGTAILADMIN_BASE_URL = SITE_URL
# Each process of pytest-xdist has its own files and caches, and its own database.
WORKER = env.str("PYTEST_XDIST_WORKER", "main")
MEDIA_ROOT = DATA_DIR / "test" / WORKER / "media"
SCHEDULER_LOCK = MEDIA_ROOT.parent / "scheduler.lock"
STATIC_ROOT = DATA_DIR / "test" / WORKER / "static"  # empty; without it, WhiteNoise warns
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if os.environ.get("CACHE_URL"):
    # One database of the server for each process, not a key prefix: clearing a cache empties the whole database.
    for cache in CACHES.values():
        cache["LOCATION"] = urlsplit(cache["LOCATION"])._replace(path=f"/{WORKER.strip('gwmain') or 0}").geturl()
else:
    local = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 10_000}}
    CACHES.update({name: local | {"LOCATION": name} for name in CACHES})
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SEARCHES_PER_MINUTE = PREVIEWS_PER_MINUTE = 0  # no limits: tests send more requests
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
DEMO_PASSWORD = KNOWN_PASSWORD
