"""The steps of `manage.py start` before it serves, and their order."""

import pytest
from django.core.management import CommandError

from iom.core.management.commands import start
from iom.tests.serving import ROOT

pytestmark = pytest.mark.one_database


@pytest.fixture
def begun(monkeypatch):
    """Records the commands and processes that `start` would run."""

    class Ended:
        def __init__(self, command):
            begun.append(command[2])
            self.returncode = 0

        def poll(self):
            return self.returncode

        terminate = wait = lambda self, **_options: None

    begun = []
    monkeypatch.setattr(start, "find_bind_error", lambda: "")
    monkeypatch.setattr(start, "call_command", lambda name, **_options: begun.append(name))
    monkeypatch.setattr(start.Command, "check", lambda *_arguments, **_options: None)
    monkeypatch.setattr(start.subprocess, "Popen", Ended)
    monkeypatch.setattr(start.signal, "signal", lambda *_arguments: None)
    monkeypatch.chdir(ROOT)
    return begun


@pytest.mark.parametrize("before", [True, False], ids=["before", "now"])
def test_start_collects_static_files_unless_static_dir_is_set(monkeypatch, begun, before):
    monkeypatch.setenv("STATIC_DIR", "static") if before else monkeypatch.delenv("STATIC_DIR", raising=False)
    with pytest.raises(SystemExit):
        start.Command().handle(migrate=False, verbosity=0)
    assert begun == [*([] if before else ["collectstatic"]), "gunicorn", "scheduler"]


@pytest.mark.parametrize("differs", [True, False])
def test_a_start_with_migrations_rebuilds_the_search_index_if_it_differs(monkeypatch, begun, differs):
    def call(name, check=False, **_options):
        begun.append(f"{name} --check" if check else name)
        if check and differs:
            raise CommandError

    monkeypatch.setattr(start, "call_command", call)
    monkeypatch.setenv("STATIC_DIR", "static")
    with pytest.raises(SystemExit):
        start.Command().handle(migrate=True, verbosity=0)
    assert begun == ["migrate", "search --check", *(["search"] if differs else []), "gunicorn", "scheduler"]
