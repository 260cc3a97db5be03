"""The site's own commands."""

import sys
from importlib.util import find_spec

import pytest
from django.conf import settings
from django.core.management import call_command, get_commands

ARGUMENTS = {
    "add_language": ["en"],
    "export_news": ["{folder}"],
    "import_news": ["{folder}", "--report", "{folder}/report.jsonl"],
    "listing": ["--check"],
    "scheduler": ["--once"],
    "search": ["--check"],
}
ENDLESS = {"start"}  # serves until it is stopped


def own_commands():
    for name, app in get_commands().items():
        file = find_spec(f"{app}.management.commands.{name}").origin  # importing all would register models of others
        if not file.startswith(sys.prefix) and file.startswith(str(settings.BASE_DIR)):
            yield name


@pytest.mark.parametrize("name", sorted({*own_commands()} - ENDLESS))
def test_a_command_says_nothing_at_verbosity_0(db, tmp_path, capfd, name):
    call_command(name, *(argument.format(folder=tmp_path) for argument in ARGUMENTS.get(name, [])), verbosity=0)
    assert capfd.readouterr() == ("", "")
