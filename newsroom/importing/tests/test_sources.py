"""The files of a folder that are read, and the names of the others."""

import io
import json

import pytest
from django.core.management import call_command

from newsroom.importing.management.commands.import_news import MAX_LISTED_FILES
from newsroom.importing.tests.site import ENGLISH, write_manifest

pytestmark = pytest.mark.django_db


def run(folder, **options):
    """Returns the names of the files that were read, and the output on stderr."""
    out, err = io.StringIO(), io.StringIO()
    call_command("import_news", str(folder), stdout=out, stderr=err, dry_run=True, **options)
    return [json.loads(line)["file"].rsplit("/", 1)[1] for line in out.getvalue().splitlines()], err.getvalue()


def test_saved_pages_are_read_by_either_ending_and_other_files_are_named(tmp_path):
    for name in ("a.htm", "b.HTM", "c.html"):
        (tmp_path / name).write_text(f"<h1>A well</h1><p>The well of {name} has reopened, and it is deep.</p>")
    for name in ("d.doc", "e.pdf", ".DS_Store"):
        (tmp_path / name).write_bytes(b"\0")
    read, errors = run(tmp_path, manifest=write_manifest(tmp_path, {"file": "a.htm"}))
    assert read == ["a.htm", "b.HTM", "c.html"]
    assert f"2 files of other kinds were not read: {tmp_path}/d.doc, {tmp_path}/e.pdf\n" in errors


def test_only_some_of_many_unsupported_files_are_listed(tmp_path):
    (tmp_path / "a.txt").write_text(ENGLISH)
    for number in range(MAX_LISTED_FILES + 5):
        (tmp_path / f"{number}.png").write_bytes(b"")
    _read, errors = run(tmp_path)
    assert f"{MAX_LISTED_FILES + 5} files" in errors
    assert errors.count(".png") == MAX_LISTED_FILES
    assert "and 5 more" in errors


def test_nothing_is_printed_if_all_files_are_read(tmp_path):
    (tmp_path / "a.txt").write_text(ENGLISH)
    assert "not read" not in run(tmp_path)[1]
