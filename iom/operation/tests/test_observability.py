"""Logs and metrics of a real server, which contain no personal data."""

import json
import logging
import re
import runpy
import socket
import time
from contextlib import closing
from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
import sentry_sdk
from django.test import Client, RequestFactory
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from prometheus_client.mmap_dict import MmapedDict
from prometheus_client.parser import text_string_to_metric_families

from iom.operation import metrics
from iom.operation.logs import LogFormatter, RequestIdFilter, current_request, remove_personal_data
from iom.tests import serving

pytestmark = pytest.mark.xdist_group("servers")
TOKEN = "a-token-of-this-test"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("observed")
    variables = {"METRICS_TOKEN": TOKEN, "ACCESS_LOG": "-", "PROMETHEUS_MULTIPROC_DIR": str(folder / "figures")}
    with serving.running(folder, lambda environment: environment | variables) as site:
        yield site


def ask(site, path: str, **headers: str):
    with urlopen(Request(site.url + path, headers=headers), timeout=60) as answer:
        return answer.headers, answer.read().decode()


def refusal(request) -> HTTPError:
    with pytest.raises(HTTPError) as refused:
        urlopen(request, timeout=60)
    return refused.value


def log_with(site, *parts: str) -> str:
    """The log, once each of the parts is in it: lines are written after the answer."""
    end = time.monotonic() + 60
    while missing := [part for part in parts if part not in site.log.read_text()]:
        assert time.monotonic() < end, f"Not in the log: {missing}"
        time.sleep(0.05)
    return site.log.read_text()


def figures(site) -> dict[tuple, float]:
    _headers, text = ask(site, "/-/metrics", Authorization=f"Bearer {TOKEN}")
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, *sorted(sample.labels.values())): sample.value for sample in samples}


@pytest.mark.slow
@pytest.mark.one_database
def test_requests_are_counted_by_kind_of_page_status_and_page_cache(site):
    hits = 0
    for _time in range(200):  # nothing is kept while the scheduler prepares what the new site lacks
        headers, _text = ask(site, "/fr/actualites/")
        hits += headers["X-Page-Cache"] == "hit"
        if hits == 3:
            break
        time.sleep(0.2)
    with pytest.raises(HTTPError):
        ask(site, "/fr/nulle-part/")
    counted = figures(site)

    assert metrics.PAGE_TYPE not in headers
    of_index = {key: value for key, value in counted.items() if key[0] == "iom_requests_total" and "NewsIndex" in key}
    assert of_index.get(("iom_requests_total", "200", "NewsIndex", "hit"), 0) >= 3, of_index
    assert any(key[0] == "iom_requests_total" and "404" in key for key in counted)
    assert counted["iom_request_seconds_count", "hit"] >= 3
    assert ("iom_publication_delay_seconds",) in counted
    assert -1 <= counted["iom_scheduler_round_age_seconds",] < 120


def test_the_figures_of_a_process_that_has_ended_are_kept_without_its_files(tmp_path, monkeypatch):
    monkeypatch.setenv("DATA_DIR", str(tmp_path))  # gunicorn started by itself: the settings say where figures are
    monkeypatch.delenv("PROMETHEUS_MULTIPROC_DIR", raising=False)
    monkeypatch.setenv("WEB_CONCURRENCY", "")
    configured = runpy.run_path(str(serving.ROOT / "deploy/gunicorn.conf.py"))
    folder = tmp_path / "metrics"
    folder.mkdir()
    for process, number in ((11, 3.0), (12, 4.0)):
        with closing(MmapedDict(str(folder / f"counter_{process}.db"))) as figures:
            figures.write_value("answers", number, 0)
        configured["child_exit"](None, SimpleNamespace(pid=process))

    (left,) = folder.iterdir()
    ((_key, value, *_rest),) = MmapedDict.read_all_values_from_file(str(left))
    assert (left.name, value) == ("counter_0.db", 7)
    assert configured["workers"] == 2
    configured["on_starting"](None)
    assert not list(folder.iterdir())


@pytest.mark.slow
@pytest.mark.one_database
@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer another", f"Basic {TOKEN}x"])
def test_the_figures_are_for_whoever_has_the_token(site, token):
    with pytest.raises(HTTPError) as refused:
        ask(site, "/-/metrics", Authorization=token)
    assert refused.value.code == 404


@pytest.mark.slow
@pytest.mark.one_database
def test_lines_of_the_log_are_json_and_name_nobody(site):
    found, _text = ask(site, "/en/search/?q=jane+doe", **{"User-Agent": "Someones-browser"})
    missing = refusal(Request(f"{site.url}/en/nowhere/?q=jane+doe", headers={"User-Agent": "Someones-browser"}))
    method = refusal(Request(f"{site.url}/en/?q=jane+doe", data=b"", method="DELETE"))
    with pytest.raises(HTTPError) as refused:
        ask(site, "/en/news/?page=nonsense'\"")
    with pytest.raises(HTTPError) as forged:
        ask(site, '/en/x%0A%7B"logger":%20"forged"%7D%5C"')
    assert re.fullmatch(r"[0-9a-f]{32}", refused.value.headers["X-Request-ID"])
    answers = (found, missing.headers, method.headers, refused.value.headers, forged.value.headers)
    text = log_with(site, *(headers["X-Request-ID"] for headers in answers))
    lines = [json.loads(line) for line in text.splitlines() if line.startswith("{")]

    (line,) = [line for line in lines if line.get("path") == "/en/search/"]
    assert {"logger", "time", "method", "path", "status", "milliseconds", "request_id"} == set(line)
    assert line["request_id"] == found["X-Request-ID"]
    assert datetime.fromisoformat(line["time"]).utcoffset() == timedelta()
    assert "forged" not in {line["logger"] for line in lines}
    told = {line["request_id"]: line for line in lines if line["logger"] == "django.request"}
    assert "/en/nowhere/" in told[missing.headers["X-Request-ID"]]["message"]
    assert method.code == 405
    assert "" not in told
    of_requests = "\n".join(json.dumps(line) for line in lines if "Listening at" not in line.get("message", ""))
    assert not re.search(r"jane|Someones|127\.0\.0\.1", of_requests)


@pytest.mark.slow
@pytest.mark.one_database
def test_lines_of_gunicorn_are_json_in_utc_and_name_no_client(site):
    address = urlsplit(site.url)
    with socket.create_connection((address.hostname, address.port), timeout=60) as connection:
        connection.sendall(b"GET /?q=jane HTTP/nonsense\r\n\r\n")
        assert b"400" in connection.recv(100)
    text = log_with(site, "Invalid request")
    lines = [json.loads(line) for line in text.splitlines() if "gunicorn.error" in line]

    (refused,) = [line for line in lines if "Invalid request" in line["message"]]
    assert {"time", "level", "logger", "message", "request_id"} == set(refused)
    assert "nonsense" in refused["message"]
    assert "jane" not in refused["message"]
    assert "127.0.0.1" not in refused["message"]
    assert {datetime.fromisoformat(line["time"]).utcoffset() for line in lines} == {timedelta()}
    assert not re.search(r"^\[\d{4}-", text, re.MULTILINE)


@pytest.mark.slow
@pytest.mark.one_database
def test_the_link_for_a_new_password_is_in_no_line(site):
    officer = site.rows("SELECT id FROM users_user WHERE email = 'officer@example.org'")[0][0]
    link = f"/admin/password_reset/confirm/{urlsafe_base64_encode(force_bytes(officer))}/abcdef-{'0' * 32}/"
    headers, _text = ask(site, link)
    text = log_with(site, headers["X-Request-ID"])
    (line,) = [line for line in text.splitlines() if headers["X-Request-ID"] in line]

    assert json.loads(line)["path"] == "/admin/password_reset/confirm/…"
    assert "abcdef" not in text


def test_an_error_has_the_id_that_its_answer_has(db, caplog, monkeypatch):
    def fail(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("iom.core.routing.resolve", fail)
    caplog.handler.addFilter(RequestIdFilter())
    answer = Client(raise_request_exception=False).get("/fr/")
    (record,) = [one for one in caplog.records if one.exc_info]
    line = json.loads(LogFormatter().format(record))

    assert answer.status_code == 500
    assert line["request_id"] == answer["X-Request-ID"]
    assert line["level"] == "ERROR"
    assert "ZeroDivisionError" in line["exc_info"]


@pytest.mark.parametrize(
    ("ask", "status"),
    [
        (lambda client: client.get("/en/nowhere/?q=jane"), 404),
        (lambda client: client.put("/en/-/account/sign-in/?q=jane"), 405),
        (lambda client: client.post("/en/-/account/sign-in/?q=jane"), 403),
    ],
)
def test_a_refusal_has_the_id_that_its_answer_has_and_no_query(db, caplog, ask, status):
    caplog.handler.addFilter(RequestIdFilter())
    answer = ask(Client(enforce_csrf_checks=True))
    lines = [json.loads(LogFormatter().format(one)) for one in caplog.records if hasattr(one, "status_code")]

    assert answer.status_code == status
    assert lines
    assert {line["request_id"] for line in lines} == {answer["X-Request-ID"]}
    assert "jane" not in json.dumps(lines)


def test_a_line_has_no_email_address(caplog):
    refused = SMTPRecipientsRefused({"jané.doe+x@example.org": (550, b"5.1.1 <jane.doe@mail.example.org>: unknown")})
    try:
        raise refused
    except SMTPRecipientsRefused:
        logging.getLogger("iom.publishing").exception("to %s", "jane@example.org")
    line = json.loads(LogFormatter().format(caplog.records[0]))

    assert "SMTPRecipientsRefused" in line["exc_info"]
    assert "550" in line["exc_info"]
    assert not re.search("jan|example", json.dumps(line))


@pytest.mark.parametrize(("level", "named"), [(logging.WARNING, True), (logging.ERROR, False)])
def test_a_line_of_security_has_the_client_and_an_error_which_may_be_sent_away_has_not(level, named):
    record = logging.LogRecord("django.security.DisallowedHost", level, __file__, 1, "refused", None, None)
    token = current_request.set(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7"))
    try:
        RequestIdFilter().filter(record)
    finally:
        current_request.reset(token)
    assert ("192.0.2.7" in LogFormatter().format(record)) is named


def test_an_error_that_is_sent_away_has_nothing_of_people():
    """By sentry-sdk itself, which gives the event to a transport of this test."""
    sent = []

    class Kept(sentry_sdk.transport.Transport):
        def capture_envelope(self, envelope):
            sent.append(envelope.get_event())

    client = sentry_sdk.Client(
        "https://key@sentry.invalid/1",
        transport=Kept,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=remove_personal_data,
    )
    request = {
        "method": "POST",
        "url": "https://www.example.org/admin/account/?next=jane",
        "query_string": "next=jane",
        "data": {"new_password1": "jane's password"},
        "headers": {"Cookie": "sessionid=jane"},
    }
    asked = {"values": [{"category": "query", "message": "SELECT 1 WHERE email = 'jane@example.org'"}]}
    person = {"email": "jane@example.org"}
    client.capture_event({"message": "failed", "request": request, "user": person, "breadcrumbs": asked})

    (event,) = sent
    assert event["request"] == {"method": "POST", "url": "https://www.example.org/admin/account/"}
    assert "jane" not in json.dumps(event)
