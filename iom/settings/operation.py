"""Settings of operation (iom.operation): monitoring, backups, and services of other providers."""

from .variables import env, split_address

ENVIRONMENT_NAME = env.str("ENVIRONMENT_NAME", "")  # such as “staging”; shown at the top of the admin
# The optional machine translation service for passages that are not translated yet: DeepL or LibreTranslate
DEEPL_KEY = env.str("DEEPL_KEY", "")
LIBRETRANSLATE_URL = env.server("LIBRETRANSLATE_URL", "", split_address, ("http", "https")).geturl()
WAGTAILLOCALIZE_MACHINE_TRANSLATOR = None
if DEEPL_KEY:
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.deepl.DeepLTranslator",
        "OPTIONS": {"AUTH_KEY": DEEPL_KEY, "TIMEOUT": 20},
    }
elif LIBRETRANSLATE_URL:
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR = {
        "CLASS": "wagtail_localize.machine_translators.libretranslate.LibreTranslator",
        "OPTIONS": {
            "LIBRETRANSLATE_URL": LIBRETRANSLATE_URL,
            "API_KEY": env.str("LIBRETRANSLATE_KEY", ""),
            "TIMEOUT": 20,
        },
    }
LINK_CHECKS = env.switch("LINK_CHECKS", False)  # whether links to other sites are checked (iom.checks)
env.number("WEB_CONCURRENCY", 2, least=1)  # read by gunicorn, whose error would not name the variable
METRICS_TOKEN = env.str("METRICS_TOKEN", "")  # requests to /-/metrics have to send it

BACKUP_TO = env.str("BACKUP_TO", "")  # a folder, or s3://bucket/prefix; empty: no backups
if "://" in BACKUP_TO:
    env.server("BACKUP_TO", "", split_address, ("s3",))
BACKUP_HOURS = env.number("BACKUP_HOURS", 24, least=1)
# A backup is deleted unless it is among the newest BACKUP_KEEP or younger than BACKUP_DAYS.
BACKUP_KEEP = env.number("BACKUP_KEEP", 7)
BACKUP_DAYS = env.number("BACKUP_DAYS", 30)
BACKUP_KEY = env.str("BACKUP_KEY", "")  # encrypts backups; empty: not encrypted
