"""On PostgreSQL, for the home pages: most screens of the admin ask for them, to tell what a user may do with all pages.

Without it, an index of all pages is read.
"""

from importlib import import_module

from django.db import migrations

before = import_module("iom.listing.migrations.0003_page_tree_indexes")

INDEXES = {"listing_page_home": "(path) WHERE depth = 2"}


def make(apps, schema_editor):
    before.make(apps, schema_editor, INDEXES)


def remove(apps, schema_editor):
    before.remove(apps, schema_editor, INDEXES)


class Migration(migrations.Migration):
    atomic = False  # as before
    dependencies = [("listing", "0008_longer_values")]
    operations = [migrations.RunPython(make, remove)]
