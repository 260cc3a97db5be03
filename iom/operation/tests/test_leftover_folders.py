"""Removal of the unencrypted files of killed backups."""

import pytest
from django.core.management import CommandError, call_command

from iom.operation.recovery import databases
from iom.publishing.management.commands import scheduler


def begin_another_backup(monkeypatch):
    with databases._temporary_folder():
        pass


def start_the_scheduler(monkeypatch):
    monkeypatch.setattr(scheduler.Command, "work", lambda self, stop, every, kinds: None)
    monkeypatch.setattr(scheduler.Command, "publish", lambda self, every: 0)
    with pytest.raises(CommandError, match="has ended"):
        call_command("scheduler")


@pytest.mark.parametrize("begin", [begin_another_backup, start_the_scheduler])
def test_what_a_killed_backup_has_left_goes_and_what_is_used_stays(db, settings, tmp_path, monkeypatch, begin):
    settings.DATA_DIR = tmp_path
    for name in ("recovery-killed", "mine"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "database.sqlite3").touch()
    begin(monkeypatch)
    assert {path.name for path in tmp_path.iterdir() if path.is_dir()} == {"mine"}
    with databases._temporary_folder() as used:
        begin(monkeypatch)
        assert used.is_dir()
        assert used.parent == tmp_path, "what is in clear does not leave the folder of the data"
    assert not used.exists()
