"""Settings for development: no configuration needed, with the accounts of the demonstration."""

import os
import re
import sys

from iom.users import KNOWN_PASSWORD

# SITE_URL contains the port of `manage.py runserver`.
if sys.argv[1:2] == ["runserver"]:
    for argument in sys.argv[2:]:
        if port := re.fullmatch(r"(?:.*:)?(\d+)", argument):
            os.environ["PORT"] = port[1]

from .base import *

DEBUG = True
SECRET_KEY = "development-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
INSTALLED_APPS = ["iom.demo", *INSTALLED_APPS]
ROOT_URLCONF = "iom.demo.urls"  # the site, and `/-/style/`

# `manage.py demo` creates one account for each role and prints the password.
DEMO_PASSWORD = env.str("DEMO_PASSWORD", KNOWN_PASSWORD)
