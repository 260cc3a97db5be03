"""For production. Stops where a variable is missing; see docs/operators.md."""

from urllib.parse import urlsplit

from iom.users import KNOWN_PASSWORD

from .base import *

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
env.str("SITE_URL")  # base.py has a default, here it is required
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[urlsplit(SITE_URL).hostname])
MAILERS = {"default": mailer(env.email_url("EMAIL_URL", "smtp://localhost:25"))}
# The demonstration is installed only where its accounts get a password of the site's own.
DEMO_PASSWORD = env.str("DEMO_PASSWORD", "")
if DEMO_PASSWORD == KNOWN_PASSWORD:
    raise ImproperlyConfigured("DEMO_PASSWORD: everyone knows this one, README.md has it. Choose another.")
if DEMO_PASSWORD:
    INSTALLED_APPS = ["iom.demo", *INSTALLED_APPS]

REQUIRE_SECOND_FACTOR = env.str("REQUIRE_SECOND_FACTOR", "publishers")
if REQUIRE_SECOND_FACTOR not in ("nobody", "publishers", "everybody"):
    raise ImproperlyConfigured("REQUIRE_SECOND_FACTOR is nobody, publishers or everybody.")

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "iom.core.bundles.BundledStaticFilesStorage"},
}
if SITE_IS_HTTPS and SSO_URL.startswith("http:"):
    raise ImproperlyConfigured(
        "SSO_URL: without TLS, anyone on the way could sign in as anybody. It has to be https://…"
    )
if SITE_IS_HTTPS:
    TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", 1)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # set by the TLS-terminating proxy
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

# Each thread keeps its connection: to open one takes as long as some pages.
for database in DATABASES.values():
    database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

# To stderr; by default Django would only mail errors.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "iom.operation.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "iom.operation.logs.LogFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", "WARNING")},
}

if SENTRY_DSN := env.str("SENTRY_DSN", ""):
    import sentry_sdk

    from iom.operation.logs import without_people

    sentry_sdk.init(
        SENTRY_DSN,
        environment=ENVIRONMENT_NAME,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=without_people,
    )
