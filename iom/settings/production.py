"""Settings for production. A missing variable raises an error; see docs/operators.md."""

from urllib.parse import urlsplit

from iom.users import KNOWN_PASSWORD

from .base import *
from .variables import HOST

DEBUG = False
SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.several("SECRET_KEY_FALLBACKS")
env.str("SITE_URL")  # required here; base.py has a default
ALLOWED_HOSTS = [urlsplit(SITE_URL).hostname, *env.several("ALLOWED_HOSTS")]
MAILERS = {"default": mailer(env.server("EMAIL_URL", "smtp://localhost:25", env.email_url_config, env.EMAIL_SCHEMES))}
# The demonstration is installed only if its accounts get a password that is not public.
DEMO_PASSWORD = env.str("DEMO_PASSWORD", "")
if DEMO_PASSWORD == KNOWN_PASSWORD:
    raise ImproperlyConfigured("DEMO_PASSWORD: README.md publishes this password. Choose another.")
if DEMO_PASSWORD:
    INSTALLED_APPS = ["iom.demo", *INSTALLED_APPS]

LINK_CHECKS = env.switch("LINK_CHECKS", True)
REQUIRE_SECOND_FACTOR = env.one_of("REQUIRE_SECOND_FACTOR", "publishers", "nobody", "publishers", "everybody")

STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "iom.core.bundles.BundledStaticFilesStorage"},
}
# Unsafe values raise an error instead of a warning.
for is_unsafe, reason in (
    (len(SECRET_KEY) < 32, "SECRET_KEY is shorter than 32 characters. Generate a random one."),
    (
        not SITE_IS_HTTPS and urlsplit(SITE_URL).hostname not in ("127.0.0.1", "localhost", "::1"),
        "SITE_URL must begin with https://, unless it is an address of this machine, such as http://127.0.0.1.",
    ),
    ("*" in ALLOWED_HOSTS, "ALLOWED_HOSTS must not contain *, which allows every host name."),
    (
        not all(HOST.fullmatch(name) for name in env.several("ALLOWED_HOSTS")),
        "ALLOWED_HOSTS must contain host names, such as example.org, without https:// and port.",
    ),
    (
        any(len(key) < 32 for key in SECRET_KEY_FALLBACKS),
        "SECRET_KEY_FALLBACKS contains a value that is shorter than 32 characters.",
    ),
    (
        SSO_URL and not SSO_URL.startswith("https://"),
        "SSO_URL must begin with https://.",
    ),
    (0 < len(METRICS_TOKEN) < 16, "METRICS_TOKEN is shorter than 16 characters. Generate a random one."),
    (0 < len(BACKUP_KEY) < 16, "BACKUP_KEY is shorter than 16 characters. Generate a random one."),
):
    if is_unsafe:
        raise ImproperlyConfigured(reason)
if SITE_IS_HTTPS:
    TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXIES", 1)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # set by the TLS-terminating proxy
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^-/metrics$"]  # it answers 403 instead
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # Browsers accept cookies with this prefix only from the same host and over TLS.
    COOKIE_PREFIX = "__Host-"
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"

# Each thread keeps its connection: opening one takes as long as rendering some pages.
for database in DATABASES.values():
    database |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

LOG_LEVEL = env.one_of("LOG_LEVEL", "warning", "debug", "info", "warning", "error", "critical").upper()
# Logs go to stderr; by default, Django would only mail errors.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "iom.operation.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "iom.operation.logs.LogFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["request_id"], "formatter": "json"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {"iom.security": {"level": "INFO"}},  # independent of LOG_LEVEL
}

if SENTRY_DSN := env.str("SENTRY_DSN", ""):
    import sentry_sdk

    from iom.operation.logs import remove_personal_data

    try:
        sentry_sdk.init(
            SENTRY_DSN,
            environment=ENVIRONMENT_NAME,
            include_local_variables=False,
            max_request_body_size="never",
            before_send=remove_personal_data,
        )
    except ValueError as error:
        raise ImproperlyConfigured(f"SENTRY_DSN: {error}") from error
