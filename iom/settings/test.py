"""For `make test`: production's rules where they matter, fast and self-contained where they do not."""

from iom.demo import KNOWN_PASSWORD

from .base import *

SECRET_KEY = "test-only"
ALLOWED_HOSTS = ["*"]
SITE_URL = "https://www.example.org"
WAGTAILADMIN_BASE_URL = SITE_URL
# Emptied by conftest.py. Each process of pytest-xdist has its own, as it has its own database.
MEDIA_ROOT = DATA_DIR / f"test-media-{env.str('PYTEST_XDIST_WORKER', 'main')}"
SCHEDULER_LOCK = DATA_DIR / f"test-{env.str('PYTEST_XDIST_WORKER', 'main')}.lock"
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
    "limits": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "limits",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
DEMO_PASSWORD = KNOWN_PASSWORD
