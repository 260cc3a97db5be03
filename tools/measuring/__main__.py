"""`python -m tools.measuring weigh`, `screenshots`, `speed` and `day`: runs the module of that name, with Django."""

import os
import sys
from importlib import import_module

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "iom.settings.test"
django.setup()
command, *arguments = sys.argv[1:]
sys.exit(import_module(f"tools.measuring.{command}").main(arguments))
