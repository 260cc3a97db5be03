"""The next run resumes an import that was killed, without losses or duplicates."""

import json
import signal
import subprocess
import sys
import time

import pytest

from iom.tests import databases
from iom.tests.databases import ROOT, manage, rows
from tools.bench_import import write_captures

FILES = 160  # several batches


# Creates the newsrooms of an empty site.
NEWSROOMS = """
from home.models import HomePage
from newsroom.models import NewsIndex

for home in HomePage.objects.all():
    home.add_child(instance=NewsIndex(title="News", locale=home.locale))
"""


@pytest.fixture
def site(tmp_path):
    """The environment of a separate site."""
    with databases.database(tmp_path / "site", databases.migrated()) as environment:
        environment |= {"DJANGO_SETTINGS_MODULE": "iom.settings.test"}
        manage(environment, "shell", "--verbosity", "0", "--command", NEWSROOMS)
        yield environment


def command(site, folder, report):
    arguments = [sys.executable, ROOT / "manage.py", "import_news", folder, "--report", report]
    return subprocess.Popen(arguments, env=site, stderr=subprocess.PIPE)


def test_a_killed_import_is_resumed_without_losses_or_duplicates(site, tmp_path):
    folder, report = tmp_path / "captures", tmp_path / "report.jsonl"
    write_captures(folder, FILES)

    first = command(site, folder, report)
    waited_until = time.monotonic() + 120
    while not (report.exists() and report.read_text().count("\n") >= 50) and time.monotonic() < waited_until:
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    assert first.wait() == -signal.SIGKILL
    kept = rows(site, "SELECT COUNT(*) FROM newsroom_importedtext")[0][0]
    assert 0 < kept < FILES

    second = command(site, folder, report)
    _out, errors = second.communicate(timeout=240)

    assert second.returncode == 0, errors
    statuses = [json.loads(line)["status"] for line in report.read_text().splitlines()]
    assert (statuses.count("unchanged"), statuses.count("created")) == (kept, FILES - kept)
    imported = rows(site, "SELECT file, page_id FROM newsroom_importedtext")
    assert len({file for file, _page in imported}) == len({page for _file, page in imported}) == FILES
    assert rows(site, "SELECT COUNT(*) FROM newsroom_newsarticle")[0][0] == FILES
    parents = "SELECT numchild, (SELECT COUNT(*) FROM wagtailcore_page c WHERE c.path LIKE p.path || '____') FROM wagtailcore_page p"
    assert all(stored == counted for stored, counted in rows(site, parents))
