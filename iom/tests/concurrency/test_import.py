"""Two people who import the same release at the same moment create one draft."""

import hashlib
from itertools import count
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from iom.tests.concurrency.races import TIMES, run_at_once, run_interleaved
from iom.tests.concurrency.scenarios import person
from newsroom.importing.importer import Importer
from newsroom.importing.manifest import Manifest
from newsroom.importing.tests.site import FRENCH
from newsroom.models import ImportedText, NewsArticle

numbers = count()


def upload(account):
    client = Client()
    client.force_login(person(account))

    def uploaded(scenario):
        file = SimpleUploadedFile("communique.txt", scenario.file.read_bytes())
        return client.post(reverse("newsroom_import"), {"file": file, "language": "fr"}).headers["location"]

    return uploaded


def import_folder(name):
    """Returns an action that imports the same text from a file with this name, as the command does."""

    def imported(scenario):
        path = scenario.file.with_name(name)
        path.write_bytes(scenario.file.read_bytes())
        (outcome,) = Importer([path], Manifest(), locale="fr", publish=False, dry_run=False, user=None).outcomes()
        assert outcome.status != outcome.FAILED, outcome.why
        return outcome.page

    return imported


RACES = {
    "officer and editor": lambda: (upload("officer"), upload("editor")),
    "officer twice": lambda: (upload("officer"), upload("officer")),
    "editor and command": lambda: (upload("editor"), import_folder("a.txt")),
    "two commands": lambda: (import_folder("a.txt"), import_folder("a.txt")),
    "two names": lambda: (import_folder("a.txt"), import_folder("b.txt")),
}


@pytest.mark.parametrize("name", RACES)
def test_one_draft_is_made(db, tmp_path, name):
    for number in range(TIMES):
        text = FRENCH.replace("Mao", f"Mao {next(numbers)}")
        folder = tmp_path / str(number)
        folder.mkdir()
        scenario = SimpleNamespace(file=folder / "release.txt")
        scenario.file.write_text(text, encoding="utf-8")
        actions = RACES[name]()
        if number % 3:
            people = run_interleaved(scenario, *actions[:: 1 if number % 3 == 1 else -1], stops_at=2 + number // 3)
        else:
            people = run_at_once(scenario, *actions)

        assert [one.fault for one in people if one.fault] == []
        digest = hashlib.sha256(text.encode()).hexdigest()
        (record,) = ImportedText.objects.filter(digest=digest)
        assert NewsArticle.objects.filter(imported_text__digest=digest).get().pk == record.page_id
        places = {one.outcome for one in people if isinstance(one.outcome, str)}
        assert places <= {reverse("wagtailadmin_pages:edit", args=[record.page_id])}
