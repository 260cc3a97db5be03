"""An index on PostgreSQL for pages with unpublished changes, for the list of articles and the dashboard."""

from importlib import import_module

from django.db import migrations

before = import_module("iom.listing.migrations.0003_page_tree_indexes")

INDEXES = {"listing_page_unfinished": "(latest_revision_id) WHERE has_unpublished_changes OR NOT live"}


def make(apps, schema_editor):
    before.make(apps, schema_editor, INDEXES)


def remove(apps, schema_editor):
    before.remove(apps, schema_editor, INDEXES)


class Migration(migrations.Migration):
    atomic = False  # as in 0002
    dependencies = [("listing", "0004_page_search_index")]
    operations = [migrations.RunPython(make, remove)]
