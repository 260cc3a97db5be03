"""The report "State of the site", with advice for each problem."""

import ssl
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import override

from iom.checks.models import LinkAddress, LinkUse
from iom.operation import status
from iom.publishing.models import Job, SchedulerRound
from iom.reads.models import PageReads
from iom.tests.factories import ArticleFactory, SiteImageFactory

ADDRESS = "/admin/site-status/"


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    cache.delete(status._CERTIFICATE)
    monkeypatch.setattr(status, "certificate_expiry", lambda host, port: timezone.now() + timedelta(days=60))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_is_fine(sign_in, language, settings, monkeypatch):
    settings.BACKUP_TO = "somewhere"
    monkeypatch.setattr(status, "latest_backup", timezone.now)
    SchedulerRound.objects.update_or_create(pk=1, defaults={"ended_at": timezone.now()})
    Job.objects.all().delete()
    PageReads.objects.create(page=ArticleFactory(), day=timezone.localdate(), number=1)
    answer = sign_in("admin").get(ADDRESS, headers={"accept-language": language})

    assert {part.state for part in answer.context["parts"]} == {status.FINE}, answer.context["parts"]
    assert "CACHE_URL" not in answer.content.decode()  # no advice where all is well


@pytest.mark.parametrize("account", ["officer", "editor", "translator.fr"])
def test_others_do_not_see_it(sign_in, account):
    client = sign_in(account)
    assert client.get(ADDRESS).status_code == 302
    assert ADDRESS not in client.get("/admin/").content.decode()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_each_part_that_fails_has_advice(sign_in, monkeypatch, settings, language):
    settings.LINK_CHECKS = True
    gone = LinkAddress.objects.create(digest="1", url="https://example.org/", asked_at=timezone.now(), problem="gone")
    LinkUse.objects.create(page=ArticleFactory(), address=gone)
    SchedulerRound.objects.all().delete()
    Job.objects.create(kind="messages", key="1")
    Job.objects.create(kind="rendition", key="2", at=timezone.now() - timedelta(hours=1))
    monkeypatch.setattr(status.health, "is_working", lambda name: False)
    monkeypatch.setattr(status.database_version, "pending_migrations", lambda: ["home.0099_later"])
    monkeypatch.setattr(status.shutil, "disk_usage", lambda folder: shutil_usage(100, 95, 5))
    monkeypatch.setattr(status, "certificate_expiry", lambda host, port: timezone.now() + timedelta(days=2))
    ArticleFactory(lead_picture=SiteImageFactory(rights_until=timezone.localdate()), picture_alt="Un fleuve.")
    answer = sign_in("admin").get(ADDRESS, headers={"accept-language": language})

    parts = answer.context["parts"]
    assert status.FINE not in {part.state for part in parts}, parts
    assert [part.state for part in parts] == sorted(
        (part.state for part in parts), key=[status.PROBLEM, status.WARNING].index
    )
    content = answer.content.decode()
    with override(language):
        for part in parts:
            assert part.advice, part
    assert "home.0099_later" in content
    assert {"fr": "(5\N{NO-BREAK SPACE}%)", "en": "(5 per cent)"}[language] in content
    assert "/admin/jobs/" in content


def shutil_usage(total: int, used: int, free: int):
    return type("Usage", (), {"total": total, "used": used, "free": free})


def test_the_certificate_that_the_site_gives_is_read(tmp_path, monkeypatch):
    monkeypatch.undo()
    expires = datetime.now(UTC).replace(microsecond=0) + timedelta(days=9)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(datetime.now(UTC) - timedelta(days=1))
        .not_valid_after(expires)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    file = tmp_path / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM) + private)
    server = HTTPServer(("localhost", 0), BaseHTTPRequestHandler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    trusting = ssl.create_default_context(cafile=str(file))
    monkeypatch.setattr(status.ssl, "create_default_context", lambda: trusting)
    try:
        assert status.certificate_expiry("localhost", server.server_port) == expires
    finally:
        server.shutdown()
    assert status.certificate_expiry("localhost", 1) is None


def states(sign_in):
    """The state of each part, by its name."""
    answer = sign_in("admin").get(ADDRESS, headers={"accept-language": "en"})
    return {part.name: part.state for part in answer.context["parts"]}


def test_what_was_done_once_and_is_not_any_more_is_not_fine(sign_in, settings, monkeypatch):
    settings.BACKUP_TO, settings.BACKUP_HOURS = "somewhere", 24
    now = timezone.now()
    monkeypatch.setattr(status, "latest_backup", lambda: now - timedelta(hours=49))
    SchedulerRound.objects.update_or_create(pk=1, defaults={"ended_at": now - timedelta(minutes=6)})
    PageReads.objects.create(page=ArticleFactory(), day=timezone.localdate() - timedelta(days=2), number=1)
    said = states(sign_in)
    assert said["Backups"] == said["Scheduled publication"] == status.PROBLEM
    assert said["Reads"] == status.WARNING


def test_what_cannot_be_read_is_not_fine(sign_in, settings, monkeypatch):
    def away():
        raise OSError

    settings.BACKUP_TO = "somewhere"
    monkeypatch.setattr(status, "latest_backup", away)
    monkeypatch.setattr(status, "certificate_expiry", lambda host, port: None)
    said = states(sign_in)
    assert said["Backups"] == status.PROBLEM
    assert said["Certificate of the address"] == status.WARNING


def test_a_job_that_has_just_become_due_is_not_late(sign_in):
    Job.objects.all().delete()
    Job.objects.create(kind="messages", key="1", at=timezone.now() - timedelta(minutes=5))
    assert states(sign_in)["Background jobs"] == status.FINE


def test_where_reads_are_not_counted_nothing_is_said_of_them(sign_in, settings):
    settings.COUNT_READS = "off"
    assert "Reads" not in states(sign_in)
