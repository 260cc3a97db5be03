"""Texts, manifests and helpers for the tests of the writer and the command."""

import csv
import io
import json

from django.core.management import call_command

from iom.users.models import User
from newsroom.importing.manifest import COLUMNS
from newsroom.importing.readers import plain_text
from newsroom.importing.structure import parse_press_release
from newsroom.importing.writer import get_news_index, write_draft
from newsroom.models import NewsArticle

FRENCH = """Communiqué / National
Le puits de Mao rouvre

Tchad, 4 mai 2001 – Le puits de la ville de Mao a rouvert hier après trois ans de travaux.

Plus de 300 familles y prennent leur eau chaque jour.

« Nous avons attendu cette eau trois ans », a déclaré Awa Doumbé, coordonnatrice de l’entraide.

Pour plus d’informations, veuillez contacter Paul Renard, OIM Tchad, Email: prenard@example.org, Tel. +41 22 555 01 23.
"""
ENGLISH = """Press release / National
The well of Mao reopens

Chad, 4 May 2001 – The well of the town of Mao reopened yesterday after three years of work.

More than 300 families take their water there every day.

“We waited three years for this water,” said Awa Doumbé, coordinator of the relief.

For more information, please contact Paul Renard, IOM Chad, Email: prenard@example.org, Tel. +41 22 555 01 23.
"""
UNDATED = FRENCH.replace(", 4 mai 2001", "").replace("Mao rouvre", "Mao rouvre sans date")


def release(text=FRENCH, **kwargs):
    return parse_press_release(plain_text.read_text(text), **kwargs)


def write(text=FRENCH, language="fr", **kwargs):
    """Imports a text and returns its draft."""
    return write_draft(
        release(text), get_news_index(language), User.objects.get(email="officer@example.org"), **kwargs
    )


def run(*arguments, status=0, **options):
    """Runs the command, checks its exit status, and returns the lines of the report."""
    out = io.StringIO()
    try:
        call_command("import_news", *map(str, arguments), stdout=out, stderr=io.StringIO(), **options)
        ended = 0
    except SystemExit as end:
        ended = end.code
    assert ended == status
    return [json.loads(line) for line in out.getvalue().splitlines()]


def article(line):
    return NewsArticle.objects.get(pk=line["page"])


def write_manifest(folder, *rows, name="manifest.csv"):
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, COLUMNS)
        table.writeheader()
        table.writerows(rows)
    return path
