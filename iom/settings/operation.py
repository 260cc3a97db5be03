"""The settings of operation: what is observed, and backups (iom.operation)."""

from .variables import env, whole

ENVIRONMENT_NAME = env.str("ENVIRONMENT_NAME", "")  # such as “staging”: shown on top of the admin
# A service that translates what is missing in a translation, on request: none, DeepL or LibreTranslate
DEEPL_KEY = env.str("DEEPL_KEY", "")
LIBRETRANSLATE_URL = env.server("LIBRETRANSLATE_URL", "", whole, ("http", "https")).geturl()
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
LINK_CHECKS = env.switch("LINK_CHECKS", False)  # asks the servers to which texts have links whether they answer
env.number("WEB_CONCURRENCY", 2, least=1)  # gunicorn reads it; it would not name it
METRICS_TOKEN = env.str("METRICS_TOKEN", "")  # whoever asks for /-/metrics has to send it

BACKUP_TO = env.str("BACKUP_TO", "")  # a folder, or s3://bucket/prefix; without it, no backup is taken
if "://" in BACKUP_TO:
    env.server("BACKUP_TO", "", whole, ("s3",))
BACKUP_HOURS = env.number("BACKUP_HOURS", 24, least=1)
BACKUP_KEEP = env.number("BACKUP_KEEP", 7)  # a backup is deleted if it is neither one of so many
BACKUP_DAYS = env.number("BACKUP_DAYS", 30)  # nor younger than so many days
BACKUP_KEY = env.str("BACKUP_KEY", "")  # encrypts backups
