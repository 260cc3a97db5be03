"""Tables that are derived from pages are rebuilt, on PostgreSQL by several processes."""

import os
from functools import partial
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from wagtail.models import Page

from iom.listing import writing
from iom.listing.models import Entry
from iom.publishing.batches import rewrite
from iom.tests import databases
from search import drafts, index
from search.models import Document, Draft


def _sign(folder: Path, keys) -> None:
    names = {str(connection.settings_dict["NAME"]), *map(str, keys)}
    (folder / f"{os.getpid()}-{min(keys)}").write_text(" ".join(sorted(names)))


def _refuse(keys) -> None:
    raise ValueError(keys)


def test_each_batch_is_written_once_into_this_database(db, tmp_path):
    rewrite(partial(_sign, tmp_path), range(1, 10), 2)
    signed = list(tmp_path.iterdir())
    written = sorted(name for file in signed for name in file.read_text().split())
    database = str(connection.settings_dict["NAME"])
    assert written == sorted([*map(str, range(1, 10)), *[database] * 5])
    assert (str(os.getpid()) not in {file.name.split("-")[0] for file in signed}) == databases.is_postgresql()


def test_an_exception_in_a_batch_is_raised(db):
    with pytest.raises(ValueError, match="1"):
        rewrite(_refuse, range(1, 10), 2)


def test_listing_and_search_are_complete_after_a_rebuild(db, monkeypatch):
    for module in (writing, index, drafts):
        monkeypatch.setattr(module, "BATCH", 20)
    page = Page.objects.filter(depth__gt=2).first().specific
    page.title = "Un brouillon"
    page.save_revision()
    for model in (Document, Draft, Entry):
        model._default_manager.all().delete()
    for command in ("listing", "search"):
        call_command(command, rebuild=True, verbosity=0)
        call_command(command, check=True, verbosity=0)
    assert Entry.objects.count() > 3 * 20
