"""For the developer's own machine: nothing to configure, and accounts for the demonstration."""

import os
import re
import sys

from iom.demo import KNOWN_PASSWORD

# The site's addresses name the port that `manage.py runserver` has been told.
if sys.argv[1:2] == ["runserver"]:
    for argument in sys.argv[2:]:
        if told := re.fullmatch(r"(?:.*:)?(\d+)", argument):
            os.environ["PORT"] = told[1]

from .base import *

DEBUG = True
SECRET_KEY = "development-only"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}}
ROOT_URLCONF = "iom.demo.urls"  # the site, and `/-/style/`

# `manage.py demo` makes one account for each role and prints the password.
DEMO_PASSWORD = env.str("DEMO_PASSWORD", KNOWN_PASSWORD)
