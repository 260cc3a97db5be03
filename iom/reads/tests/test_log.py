"""Reads that are counted from the log of an HTTP cache."""

import io
import json
import sys

import pytest
from django.core.management import call_command

from iom.reads.models import PageReads
from iom.reads.tests.test_counting import FIREFOX, PROGRAMS
from iom.tests.addresses import page

pytestmark = pytest.mark.django_db


def test_lines_of_the_log_are_counted_as_requests_are(monkeypatch, capsys):
    line = {
        "REQUEST_METHOD": "GET", "PATH_INFO": page("article", "fr").url.replace("-", "%2D"), "status": "200", "handling": "hit",
        "HTTP_USER_AGENT": FIREFOX, "HTTP_SEC_FETCH_DEST": "document", "HTTP_SEC_PURPOSE": "-", "HTTP_PURPOSE": "",
    }  # fmt: skip
    others = [
        {"status": "404"}, {"handling": "pass"}, {"REQUEST_METHOD": "HEAD"}, {"HTTP_SEC_PURPOSE": "prefetch"},
        {"HTTP_USER_AGENT": PROGRAMS[-1]}, {"HTTP_USER_AGENT": "-"},
    ]  # fmt: skip
    lines = [line, line | {"status": "304"}, line | {"HTTP_SEC_FETCH_DEST": "-"}, *(line | other for other in others)]
    text = "\n".join([*map(json.dumps, lines), "{", "[]", "{}"])
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    call_command("count_reads")
    assert PageReads.objects.get().number == 3
    assert "3 lines were not requests" in capsys.readouterr().err
