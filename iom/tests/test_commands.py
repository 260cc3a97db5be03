"""The management commands of the site."""

import sys
from importlib.util import find_spec
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands

from iom.media import renditions
from iom.media.models import SiteImage
from iom.publishing.models import Job

pytestmark = pytest.mark.one_database
ARGUMENTS = {
    "add_language": ["en"],
    "backup": ["{folder}", "--list"],  # test_drill.py takes one
    "erase_account": ["translator.en@example.org", "--hand-over-to", "officer@example.org"],
    "export_account": ["officer@example.org", "{folder}/export.json"],
    "export_news": ["{folder}"],
    "import_memory": [f"{settings.BASE_DIR}/iom/translation/tests/example.tmx", "--name", "Example"],
    "import_news": ["{folder}", "--report", "{folder}/report.jsonl"],
    "listing": ["--check"],
    "scheduler": ["--once"],
    "search": ["--check"],
}
ENDLESS = {"start"}  # runs until it is stopped
NEED_AN_EMPTY_SITE = {"restore"}  # test_drill.py restores


def own_commands():
    for name, app in get_commands().items():
        file = find_spec(f"{app}.management.commands.{name}").origin  # importing them would register models
        if not file.startswith(sys.prefix) and file.startswith(str(settings.BASE_DIR)):
            yield name


@pytest.fixture
def little_work(db):
    """Leaves one picture to render and one job of each kind."""
    Job.objects.exclude(pk__in={job.kind: job.pk for job in Job.objects.all()}.values()).delete()
    SiteImage.objects.exclude(pk=SiteImage.objects.first().pk).update(prepared_for=renditions.VERSION)


@pytest.mark.parametrize("name", sorted({*own_commands()} - ENDLESS - NEED_AN_EMPTY_SITE))
def test_a_command_prints_nothing_at_verbosity_0(little_work, tmp_path, capfd, monkeypatch, name):
    monkeypatch.setattr(sys, "stdin", StringIO())
    call_command(name, *(argument.format(folder=tmp_path) for argument in ARGUMENTS.get(name, [])), verbosity=0)
    assert capfd.readouterr() == ("", "")
