"""The settings of all environments. docs/operators.md describes the environment variables."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from iom.core.static_headers import add_security_headers
from iom.countries import UNITED_NATIONS_NAMES

from .database import *
from .operation import *
from .sign_in import *
from .variables import CACHE_KINDS, CONTACT, EMAIL, cache_settings, split_address, with_timeout

SITE_URL = env.site("SITE_URL", f"http://127.0.0.1:{env.number('PORT', 8000, least=1, most=65535)}")

INSTALLED_APPS = [
    # This project's apps, from the highest layer to the lowest (docs/architecture.md)
    "newsroom.emergency",
    "newsroom.exporting",
    "newsroom.importing",
    "home",
    "aboutus",
    "newsroom",
    "iom.checks",
    "search",
    "iom.editorial",
    "iom.translation",
    "iom.core",
    "iom.seo",
    "iom.banner",
    "iom.withdrawal",
    "iom.listing",
    "iom.navigation",
    "iom.contacts",
    "iom.maps",
    "iom.media",
    "iom.reads",
    "iom.users",
    "iom.operation",
    "iom.publishing",
    "iom.caching",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.account",
    "allauth",  # for its catalogues
    # Wagtail
    "wagtail_localize",
    "wagtail.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "iom.users.apps.AccountScreensConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_countries",  # for its catalogues: without them every country is named in English
    # Django
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "django.contrib.humanize",  # for its catalogues: Wagtail uses it for “5 seconds ago”
    "django.contrib.messages",
    "django.contrib.postgres",  # needed by Wagtail’s index on PostgreSQL
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "iom.operation.health.ProbeMiddleware",
    "iom.operation.request_id.RequestIdMiddleware",
    # The headers for browsers. Before whatever answers by itself, so that every answer has them
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "iom.core.request_limits.AllowedMethodsMiddleware",
    "iom.core.static_files.StaticFilesMiddleware",
    "iom.caching.version.VersionMiddleware",
    "iom.core.compression.TextCompressionMiddleware",
    "iom.editorial.csp.AdminPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "iom.core.request_limits.BodySizeMiddleware",
    "iom.navigation.middleware.AddressLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "iom.users.limits.LimitsMiddleware",
    "iom.users.sign_in.session_expiry.SessionExpiryMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "iom.users.sign_in.second_factor.SecondFactorMiddleware",
    "iom.users.rate_limits.PreviewsMiddleware",
    "iom.core.admin_visibility.AdminReaderMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "iom.core.redirects.RedirectMiddleware",
]

ROOT_URLCONF = "iom.urls"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["iom.core.template_loader.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# --- Data: one machine by default, servers by environment variables -----------------------------------------------

# The lock file of the scheduler, where the database has no advisory locks (iom.publishing.scheduler_lock)
SCHEDULER_LOCK = DATA_DIR / "scheduler.lock"


# By default, files: gunicorn's processes share them, and a reader's request must not write to the database.
CACHES = {"default": env.server("CACHE_URL", f"filecache://{DATA_DIR / 'cache'}", cache_settings, CACHE_KINDS)}
# A separate server for counts of attempts, if that of CACHE_URL evicts keys: pages would push the counts out.
limits = env.server("LIMITS_CACHE_URL", "", cache_settings, CACHE_KINDS)
if CACHES["default"]["BACKEND"].endswith(".FileBasedCache"):
    CACHES = {
        name: {"BACKEND": "iom.caching.backends.FolderCache", "LOCATION": f"{CACHES['default']['LOCATION']}/{name}"}
        for name in ("default", "renditions", "pages", "limits")
    }
    for cache in CACHES.values():
        cache["OPTIONS"] = {"MAX_ENTRIES": 20_000}
else:
    server = with_timeout(CACHES["default"], 0.5)
    limits = limits or CACHES["default"]  # without these counts, nothing would stop the guessing of passwords
    if server["BACKEND"].endswith(".RedisCache"):
        server["BACKEND"] = "iom.caching.backends.AvailableRedisCache"
    CACHES = {"default": server} | {name: server | {"KEY_PREFIX": name} for name in ("renditions", "pages")}
if limits:
    CACHES["limits"] = with_timeout(limits, 1) | {"KEY_PREFIX": "limits"}
CACHES["renditions"]["TIMEOUT"] = 7 * 24 * 3600

# The HTTP cache in front of the site, such as Varnish, which is purged after each change (iom.caching.purging)
HTTP_CACHE_URL = env.server("HTTP_CACHE_URL", "", split_address, ("http", "https")).geturl()

# How reads of pages are counted (iom.reads): by the site's requests, by the log of the HTTP cache, or not at all
COUNT_READS = env.one_of("COUNT_READS", "log" if HTTP_CACHE_URL else "requests", "requests", "log", "off")

MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
STATIC_ROOT = BASE_DIR / env.str("STATIC_DIR", str(DATA_DIR / "static"))
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
FILES: dict[str, Any] = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
if (bucket := env.server("MEDIA_URL", "", split_address, ("s3",))).hostname:
    # Only the site reads the bucket: it checks permissions and serves the files.
    location = {"bucket_name": bucket.hostname, "location": bucket.path.strip("/")}
    FILES = {
        "BACKEND": "iom.media.object_store.ObjectStore",
        "OPTIONS": location | {"default_acl": None, "file_overwrite": False},
    }
STORAGES = {
    "default": FILES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

# --- Languages and time -------------------------------------------------------------------------------------------

# No other setting names the languages of the site. A new one needs this variable and `manage.py add_language`.
LANGUAGE_CODE = "fr"
try:
    locales = {code.lower(): Locale.parse(code, sep="-") for code in env.several("LANGUAGES", "fr,en")}
except (ValueError, UnknownLocaleError) as error:
    raise ImproperlyConfigured(f"LANGUAGES: {error}") from error
if LANGUAGE_CODE not in locales:
    raise ImproperlyConfigured(f"LANGUAGES must contain {LANGUAGE_CODE}, the default language.")
LANGUAGES = [(code, str(locale.get_display_name()).title()) for code, locale in locales.items()]
LANGUAGES_BIDI = [code for code, locale in locales.items() if locale.text_direction == "rtl"]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "iom/locale", BASE_DIR / "iom/editorial/wagtail_locale"]  # before Wagtail's own
TIME_ZONE = "Europe/Zurich"
FORMAT_MODULE_PATH = "iom.formats"
# A translation goes live when it is complete, not with its original: French text would appear under /en/.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# The deletion of a translated page must not delete the work of its translators.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
COUNTRIES_OVERRIDE = UNITED_NATIONS_NAMES

# --- People -------------------------------------------------------------------------------------------------------

AUTH_PASSWORD_VALIDATORS[1]["OPTIONS"] = {"min_length": 12}
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)  # the number of proxies that add an address to X-Forwarded-For
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
if SSO_URL:
    INSTALLED_APPS += ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"]

# --- Wagtail ------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "OIM · IOM"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False  # iom.publishing.actions cancels it, except for later drafts
REVISION_DAYS = env.number("REVISION_DAYS", 365)  # older drafts that were never published are deleted
WAGTAIL_ENABLE_UPDATE_CHECK = False  # no requests to third parties
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # addresses in ASCII work in every mail program
WAGTAILIMAGES_IMAGE_MODEL = "media.SiteImage"
WAGTAILSEARCH_HITS_MAX_AGE = 90  # days for which the counts of searches are kept
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "iom.core.admin_search"}}
FORM_RENDERER = "iom.core.form_renderer.FormRenderer"
WAGTAILIMAGES_IMAGE_FORM_BASE = "iom.media.forms.PictureForm"
WAGTAILDOCS_DOCUMENT_MODEL = "media.SiteDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"  # every download checks the collection's privacy
WAGTAILDOCS_DOCUMENT_FORM_BASE = "iom.media.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "vtt", "xlsx", "zip"]
# An AVIF of 800 px takes 16 to 27 KB in the demonstration, without a visible difference from the original.
WAGTAILIMAGES_AVIF_QUALITY = 55
WAGTAILIMAGES_WEBP_QUALITY = 74
WAGTAILIMAGES_JPEG_QUALITY = 76
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAIL_PASSWORD_REQUIRED_TEMPLATE = "core/password_required.html"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # a long article's form exceeds Django's 1,000

# --- Security -----------------------------------------------------------------------------------------------------

# The policy of public pages. Wagtail's inline scripts in the admin need another one (iom.editorial.csp).
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "media-src": [CSP.SELF, "https:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
SEARCHES_PER_MINUTE = env.number("SEARCHES_PER_MINUTE", 120)  # for one client
PREVIEWS_PER_MINUTE = env.number("PREVIEWS_PER_MINUTE", 300)  # for one user; typing in one editor causes 240
# Where to report a vulnerability (/.well-known/security.txt)
SECURITY_CONTACT = env.like("SECURITY_CONTACT", f"mailto:security@{urlsplit(SITE_URL).hostname}", CONTACT)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
WHITENOISE_ADD_HEADERS_FUNCTION = add_security_headers
WHITENOISE_ALLOW_ALL_ORIGINS = False
SITE_IS_HTTPS = urlsplit(SITE_URL).scheme == "https"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
CSRF_COOKIE_AGE = None  # until the browser is closed: readers get it with a form for a page's password
CSRF_FAILURE_VIEW = "iom.core.views.form_outdated"

if "replica" in DATABASES:
    MIDDLEWARE.insert(
        MIDDLEWARE.index("iom.caching.version.VersionMiddleware") + 1, "iom.caching.replica.ReplicaMiddleware"
    )
if METRICS_TOKEN:
    os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", str(DATA_DIR / "metrics"))
    Path(os.environ["PROMETHEUS_MULTIPROC_DIR"]).mkdir(parents=True, exist_ok=True)
    MIDDLEWARE.insert(1, "iom.operation.metrics.PageTypeMiddleware")

# --- Messages -----------------------------------------------------------------------------------------------------

DEFAULT_FROM_EMAIL = env.like("DEFAULT_FROM_EMAIL", "newsroom@example.org", EMAIL)


def mailer(url: dict[str, Any]) -> dict[str, Any]:
    """Converts an address such as smtp+tls://user:pw@host:587, as parsed by django-environ, to an entry of MAILERS."""
    options = {
        "host": url["EMAIL_HOST"],
        "port": url["EMAIL_PORT"],
        "username": url["EMAIL_HOST_USER"],
        "password": url["EMAIL_HOST_PASSWORD"],
        "use_tls": url.get("EMAIL_USE_TLS"),
        "use_ssl": url.get("EMAIL_USE_SSL"),
        # A mail server that does not answer must not block the scheduler.
        "timeout": 10 if url["EMAIL_BACKEND"].endswith("smtp.EmailBackend") else None,
    }
    return {
        "BACKEND": url["EMAIL_BACKEND"],
        "OPTIONS": {key: value for key, value in options.items() if value},
    }
