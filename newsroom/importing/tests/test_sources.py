"""Which files of a folder are read, and that the others are named."""

import io
import json

import pytest
from django.core.management import call_command

from newsroom.importing.management.commands.import_news import NAMED
from newsroom.importing.tests.site import ENGLISH, write_manifest

pytestmark = pytest.mark.django_db


def run(folder, **options):
    """The names of the files that were read, and what was said beside the report."""
    out, err = io.StringIO(), io.StringIO()
    call_command("import_news", str(folder), stdout=out, stderr=err, dry_run=True, **options)
    return [json.loads(line)["file"].rsplit("/", 1)[1] for line in out.getvalue().splitlines()], err.getvalue()


def test_saved_pages_are_read_by_either_ending_and_other_files_are_named(tmp_path):
    for name in ("a.htm", "b.HTM", "c.html"):
        (tmp_path / name).write_text(f"<h1>A well</h1><p>The well of {name} has reopened, and it is deep.</p>")
    for name in ("d.doc", "e.pdf", ".DS_Store"):
        (tmp_path / name).write_bytes(b"\0")
    read, said = run(tmp_path, manifest=write_manifest(tmp_path, {"file": "a.htm"}))
    assert read == ["a.htm", "b.HTM", "c.html"]
    assert f"2 files of other kinds were not read: {tmp_path}/d.doc, {tmp_path}/e.pdf\n" in said


def test_of_many_files_some_are_named(tmp_path):
    (tmp_path / "a.txt").write_text(ENGLISH)
    for number in range(NAMED + 5):
        (tmp_path / f"{number}.png").write_bytes(b"")
    _read, said = run(tmp_path)
    assert f"{NAMED + 5} files" in said
    assert said.count(".png") == NAMED
    assert "and 5 more" in said


def test_nothing_is_said_where_all_is_read(tmp_path):
    (tmp_path / "a.txt").write_text(ENGLISH)
    assert "not read" not in run(tmp_path)[1]
