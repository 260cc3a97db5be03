"""The server's log contains security events with the account and the client, without names."""

import json
import logging

import pytest
from django.test import Client
from django.urls import reverse

from iom.operation.logs import LogFormatter, RequestIdFilter
from iom.users.models import User
from iom.users.tests.people import sign_in

NETWORK = {"REMOTE_ADDR": "203.0.113.7"}


@pytest.fixture
def lines(db, caplog):
    """What the log says of security, as production writes it."""
    caplog.handler.addFilter(RequestIdFilter())
    with caplog.at_level(logging.INFO, "iom.security"):
        yield lambda: [json.loads(LogFormatter().format(record)) for record in caplog.records]


def test_a_sign_in_has_its_kind_account_and_client(lines):
    sign_in("officer", client=Client(**NETWORK))
    (line,) = [line for line in lines() if line["message"] == "account.sign_in"]
    officer = User.objects.get(email="officer@example.org")
    assert line["of"] == f"user {officer.pk}"
    assert line["changes"] == {"fields": ["password"]}
    assert line["client"] == "203.0.113.7"
    assert line["time"].endswith("+00:00")


@pytest.mark.parametrize("account", ["officer", "nobody"])
def test_a_wrong_password_is_noted_whether_or_not_there_is_such_an_account(lines, account):
    sign_in(account, "wrong", Client(**NETWORK))
    (line,) = [line for line in lines() if line["message"] == "account.wrong_password"]
    assert line["client"] == "203.0.113.7"
    assert "example.org" not in json.dumps(line)


def test_a_wrong_password_at_a_confirmation_is_noted(lines):
    officer, _leads = sign_in("officer", client=Client(**NETWORK))
    assert officer.post(reverse("account_reauthenticate"), {"password": "wrong"}).status_code == 200
    (line,) = [line for line in lines() if line["message"] == "account.wrong_password"]
    assert line["account"] == User.objects.get(email="officer@example.org").pk


def test_who_is_refused_in_the_admin_is_noted(lines):
    editor, _leads = sign_in("editor", client=Client(**NETWORK))
    assert editor.get(reverse("wagtailusers_users:index")).status_code == 302
    (line,) = [line for line in lines() if "Refused in the admin" in line["message"]]
    assert "/admin/users/" in line["message"]
    assert line["account"] == User.objects.get(email="editor@example.org").pk
    assert line["client"] == "203.0.113.7"


def test_a_forged_request_is_noted_with_its_client(lines):
    client = Client(enforce_csrf_checks=True, **NETWORK)
    assert client.post(reverse("account_login"), {"login": "a", "password": "b"}).status_code == 403
    assert "203.0.113.7" in [line.get("client") for line in lines()]


def test_a_reader_leaves_no_address(lines):
    assert Client(**NETWORK).get("/fr/nulle-part/").status_code == 404
    assert "203.0.113.7" not in json.dumps(lines())
