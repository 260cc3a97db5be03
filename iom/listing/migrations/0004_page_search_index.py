"""On PostgreSQL, for Wagtail's search of titles: it joins pages to its index of words by their keys as text.

Without it, all pages are read for each search.
"""

from importlib import import_module

from django.db import migrations

before = import_module("iom.listing.migrations.0003_page_tree_indexes")

INDEXES = {"listing_page_key": "((id::varchar(50)))"}


def make(apps, schema_editor):
    before.make(apps, schema_editor, INDEXES)


def remove(apps, schema_editor):
    before.remove(apps, schema_editor, INDEXES)


class Migration(migrations.Migration):
    atomic = False  # as before
    dependencies = [("listing", "0003_page_tree_indexes")]
    operations = [migrations.RunPython(make, remove)]
