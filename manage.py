#!/usr/bin/env python
"""Django's command line, with the development settings unless told otherwise."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE") or "iom.settings.development"
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:  # a variable of the environment: the sentence says more than the traceback
        if "--traceback" in sys.argv:
            raise
        sys.exit(str(error))
