"""An index on PostgreSQL that says whether a page is public, for each of a thousand search results."""

from functools import partial
from importlib import import_module

from django.db import migrations

before = import_module("iom.listing.migrations.0003_page_tree_indexes")

of_shown_pages = {"indexes": {"listing_page_shown": "(id, expire_at) WHERE live"}}


class Migration(migrations.Migration):
    atomic = False  # as in 0002
    dependencies = [("listing", "0009_home_pages")]
    operations = [migrations.RunPython(partial(before.make, **of_shown_pages), partial(before.remove, **of_shown_pages))]
