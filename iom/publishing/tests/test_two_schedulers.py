"""Two schedulers that are killed repeatedly lose no due item, and do nothing twice or early."""

import json
import logging
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import datetime

import pytest

from iom.tests import databases
from iom.tests.databases import ROOT, manage, rows

# 200 make it thorough, in ten minutes: 50 expiries, and as many articles, updates and pairs of both languages under
# embargo, which are 200 pages.
DUE = int(os.environ.get("DUE_ITEMS", "12"))
TIMEOUT = 120 + 10 * DUE  # seconds
SPREAD = max(5, DUE // 10)  # seconds in which all becomes due
logger = logging.getLogger(__name__)

# All is scheduled as people do it, for tomorrow; then tomorrow is put to the next seconds.
MAKE = """
import json, sys
from datetime import timedelta
from django.utils import timezone
from wagtail.models import Page, Revision
from iom.media.models import SiteImage
from iom.media.pictures import VERSION
from iom.publishing.models import Job
from iom.tests.factories import ArticleFactory
from iom.translation.models import JointPublication, Original
from iom.translation.tests.joint import ask_to_publish, english, marked_article, translate
from newsroom.models import NewsArticle

number, spread = {number}, {spread}
tomorrow = timezone.now() + timedelta(days=1)
made = []
for index in range(number):
    kind = ("single", "update", "expiry", "pair")[index % 4]
    if kind == "single":
        article = ArticleFactory(live=False, go_live_at=tomorrow)
        article.save_revision().publish()
    elif kind == "update":
        article = ArticleFactory()
        article.save_revision().publish()
        article = NewsArticle.objects.get(pk=article.pk)
        article.title, article.go_live_at = "Another title", tomorrow
        article.save_revision().publish()
    elif kind == "expiry":
        article = ArticleFactory(expire_at=tomorrow)
        article.save_revision().publish()
    else:
        article = marked_article()
        ask_to_publish(article, go_live_at=tomorrow)
        translate(article)
    made.append((kind, article))
SiteImage.objects.update(prepared_for=VERSION)
Job.objects.all().delete()
begin, found = timezone.now() + timedelta(seconds=2), {{}}
for index, (kind, article) in enumerate(made):
    due = begin + timedelta(seconds=spread * index / number)
    pages = [article.pk] + ([english(article).page_id] if kind == "pair" else [])
    for revision in Revision.objects.filter(object_id__in=map(str, pages), approved_go_live_at__isnull=False):
        revision.content["go_live_at"] = due.isoformat()
        revision.approved_go_live_at = due
        revision.save()
    Page.objects.filter(pk__in=pages, go_live_at__isnull=False).update(go_live_at=due)
    Page.objects.filter(pk__in=pages, expire_at__isnull=False).update(expire_at=due)
    JointPublication.objects.filter(page__in=pages).update(due_at=due)
    Original.objects.filter(page__in=pages, due_at__isnull=False).update(due_at=due)
    for page in pages:
        found[page] = [kind, due.isoformat()]
print(json.dumps(found))
"""

# It notes, in the transaction that publishes, when each page goes live or is taken down, by the clock of the database.
SCHEDULER = """
import django
django.setup()
from django.db import connection
from django.core.management import call_command
from wagtail.log_actions import registry
from wagtail.models import PageLogEntry
from wagtail.signals import page_published, page_unpublished

registry.scan_for_actions()
for name in ("test.published", "test.unpublished"):
    registry.register_action(name, name, name)

CLOCK = {"postgresql": "SELECT clock_timestamp()", "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"}

def note(sender, instance, signal, **kwargs):
    name = "test.published" if signal is page_published else "test.unpublished"
    with connection.cursor() as cursor:
        cursor.execute(CLOCK[connection.vendor])
        (now,) = cursor.fetchone()
    PageLogEntry.objects.log_action(instance, name, data={"at": str(now)})

page_published.connect(note)
page_unpublished.connect(note)
call_command("scheduler", every=1)
"""


@pytest.fixture
def site(tmp_path, demonstration):
    with databases.database(tmp_path / "site", demonstration) as environment:
        yield environment | {"DJANGO_SETTINGS_MODULE": "iom.settings.development"}


class Schedulers:
    """Two processes, each started again when it is killed."""

    def __init__(self, environment, log):
        self.environment, self.log = environment, log
        self.processes = [self.start() for _ in range(2)]
        self.killed = 0

    def start(self):
        with self.log.open("ab") as log:
            return subprocess.Popen([sys.executable, "-c", SCHEDULER], cwd=ROOT, env=self.environment, stderr=log)

    def kill(self, index):
        process = self.processes[index]
        assert process.poll() is None, self.log.read_text()
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.killed += 1
        self.processes[index] = self.start()

    def end(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
            process.kill()
            process.wait()


@pytest.mark.slow
def test_what_is_due_is_done_once_and_never_early(site, tmp_path):
    made = json.loads(manage(site, "shell", "--verbosity", "0", "--command", MAKE.format(number=DUE, spread=SPREAD)))
    made = {int(page): (kind, datetime.fromisoformat(due)) for page, (kind, due) in made.items()}
    marks = ", ".join(["%s"] * len(made))
    log = f"SELECT page_id, action, data FROM wagtailcore_pagelogentry WHERE page_id IN ({marks})"  # noqa: S608

    def happened():
        return [row for row in rows(site, log, *made) if row[1].startswith("test.")]

    def done():
        return len({page for page, *_rest in happened()})

    random_generator = random.Random(DUE)  # noqa: S311 - no secret
    assert done() == 0
    schedulers = Schedulers(site, tmp_path / "schedulers.log")
    deadline = time.monotonic() + TIMEOUT
    try:
        while done() < len(made):
            wanted = min(done() + random_generator.randint(1, max(2, DUE // 10)), len(made))
            while done() < wanted:
                written = schedulers.log.read_text()
                is_well = time.monotonic() < deadline and "Traceback" not in written
                assert is_well, f"{done()} of {len(made)}\n{written}"
                time.sleep(0.05)
            time.sleep(random_generator.uniform(0, 0.5))
            for index in random_generator.choice([[0], [1], [0, 1]]):
                schedulers.kill(index)
    finally:
        schedulers.end()
    manage(site, "publish_scheduled")  # a round more, for what would be done again

    expected = {
        page: "test.unpublished" if kind == "expiry" else "test.published" for page, (kind, _due) in made.items()
    }
    counts = Counter((page, action) for page, action, _data in happened())
    assert counts == Counter(expected.items()), "each once"
    early = [page for page, _action, data in happened() if _moment(data) < made[page][1]]
    assert not early
    entries = Counter(
        (page, action) for page, action, _data in rows(site, log, *made) if action.endswith(".scheduled")
    )
    assert set(entries.values()) == {1}
    assert len(entries) == DUE, "one entry for each item; a pair has one"
    assert rows(site, "SELECT COUNT(*) FROM publishing_schedulefailure") == [(0,)]
    waiting = (
        f"SELECT COUNT(*) FROM wagtailcore_revision WHERE approved_go_live_at IS NOT NULL AND object_id IN ({marks})"  # noqa: S608
    )
    assert rows(site, waiting, *map(str, made)) == [(0,)], "no version waits any more"
    twice = "SELECT recipient_id, kind, state_id FROM translation_message GROUP BY 1, 2, 3 HAVING COUNT(*) > 1"
    assert rows(site, twice) == [], "nobody is told twice"
    assert schedulers.killed > 1
    written = schedulers.log.read_text()
    assert "could not" not in written
    late = max(_moment(data) - made[page][1] for page, _action, data in happened())
    logger.info(
        "%s items, %s pages, killed %s times: %s; the latest %s after its moment; %s lines in the log",
        DUE, len(made), schedulers.killed, Counter(counts.values()), late, written.count("\n"),
    )  # fmt: skip


def _moment(data):
    """When the database said that it happened; of its JSON SQLite gives the text."""
    return datetime.fromisoformat((json.loads(data) if isinstance(data, str) else data)["at"])
