"""An index on PostgreSQL for the home pages, which most admin screens look up for a user's permissions on all pages.

Without it, PostgreSQL reads an index of all pages.
"""

from functools import partial
from importlib import import_module

from django.db import migrations

before = import_module("iom.listing.migrations.0003_page_tree_indexes")

of_home_pages = {"indexes": {"listing_page_home": "(path) WHERE depth = 2"}}


class Migration(migrations.Migration):
    atomic = False  # as in 0002
    dependencies = [("listing", "0008_longer_values")]
    operations = [migrations.RunPython(partial(before.make, **of_home_pages), partial(before.remove, **of_home_pages))]
