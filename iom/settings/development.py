"""For the developer's own machine: nothing to configure, and accounts for the demonstration."""

from iom.demo import KNOWN_PASSWORD

from .base import *

DEBUG = True
SECRET_KEY = "development-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
INTERNAL_IPS = ["127.0.0.1"]
ROOT_URLCONF = "iom.demo.urls"  # the site, and `/-/style/`

# `manage.py demo` makes one account for each role and prints the password.
DEMO_PASSWORD = env.str("DEMO_PASSWORD", KNOWN_PASSWORD)
