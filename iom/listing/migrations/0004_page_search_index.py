"""An index on PostgreSQL for Wagtail's search of titles, which joins pages to the index of words by keys as text.

Without it, each search reads all pages.
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
    atomic = False  # as in 0002
    dependencies = [("listing", "0003_page_tree_indexes")]
    operations = [migrations.RunPython(make, remove)]
