"""Uploaded files in an object store (MEDIA_URL), for which a moto server stands in: readers notice nothing."""

import json
import math
import os
import socket
import subprocess
import sys
from io import BytesIO
from urllib.request import Request, urlopen

import boto3
import pytest
from botocore.config import Config
from django.conf import settings as configured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from PIL import Image
from wagtail.models import Collection, CollectionViewRestriction

from iom.media import object_store as object_store_of_media
from iom.media import views
from iom.media.models import SiteDocument, SiteImage
from iom.media.tests.public_files import article_with
from iom.operation import health
from iom.operation.recovery.stores import get_store
from iom.tests.object_store import object_store

BUCKET = "newsroom"


@pytest.fixture
def store(settings, db):
    """The settings that MEDIA_URL=s3://newsroom/site makes."""
    with object_store() as variables:
        boto3.client("s3").create_bucket(Bucket=BUCKET, ACL="private")
        settings.STORAGES = configured.STORAGES | {"default": of_environment()}
        yield
        urlopen(Request(f"{variables['AWS_ENDPOINT_URL']}/moto-api/reset", method="POST"))


def of_environment() -> dict:
    """The settings if MEDIA_URL names a bucket."""
    code = "import json; from iom.settings import base; print(json.dumps(base.STORAGES['default']))"
    environment = os.environ | {"MEDIA_URL": f"s3://{BUCKET}/site"}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    return json.loads(said.stdout)


def picture() -> SiteImage:
    file = BytesIO()
    Image.new("RGB", (1200, 800), "navy").save(file, "JPEG")
    return SiteImage.objects.create(title="Blue", file=SimpleUploadedFile("blue.jpg", file.getvalue()))


def test_a_picture_is_uploaded_rendered_and_read_through_the_site(store, visitor):
    image = picture()
    rendition = image.get_rendition("width-400|format-webp")
    assert default_storage.exists(rendition.file.name)
    assert visitor.get(rendition.url).status_code == 404  # no text that is public shows it
    article_with(image)
    answer = visitor.get(rendition.url)

    assert rendition.url == f"/media/{rendition.file.name}"  # not that of the bucket, which expires
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert Image.open(BytesIO(b"".join(answer.streaming_content))).width == 400
    assert "immutable" in answer["Cache-Control"]
    assert visitor.get(f"/media/{image.file.name}").status_code == 404  # never the original
    assert visitor.get("/media/images/../original_images/blue.jpg").status_code == 404
    assert visitor.get("/media/images/none.webp").status_code == 404


@pytest.fixture
def silent(store, settings, monkeypatch):
    """A store that accepts connections but no longer responds. Yields a function that starts this."""
    monkeypatch.setattr(views, "_away_until", 0.0)
    # An earlier test may have checked the storage less than a minute ago
    monkeypatch.setattr(health, "_storage_checked_at", -math.inf)
    short = object_store_of_media.CLIENT.merge(Config(read_timeout=0.2))
    monkeypatch.setattr(object_store_of_media, "CLIENT", short)
    with socket.create_server(("127.0.0.1", 0)) as server:

        def silence():
            monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.getsockname()[1]}")
            settings.STORAGES = dict(settings.STORAGES)  # with another client

        yield silence


def test_a_store_that_does_not_answer_gives_503_for_its_files_alone(silent, visitor, monkeypatch, caplog):
    monkeypatch.setattr(views, "PAUSE", 600)
    image = picture()
    rendition = image.get_rendition("width-400|format-webp")
    document = SiteDocument.objects.create(title="d", file=ContentFile(b"%PDF-1.4 text", "d.pdf"))
    article_with(image)
    article_with(document)
    silent()
    for address in (rendition.url, document.url):
        answer = visitor.get(address)
        assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert len([line for line in caplog.messages if "object store" in line]) == 1, "it is not asked again at once"
    assert not health.is_working("storage")


def test_the_store_of_uploaded_files_waits_less_long_than_that_of_backups(store):
    patience = default_storage.connection.meta.client.meta.config
    assert (patience.connect_timeout, patience.read_timeout) == (2, 5)
    of_backups = get_store("s3://backups/site").storage.connection.meta.client.meta.config
    assert of_backups.read_timeout >= 60


def test_all_pictures_are_prepared_and_go_with_their_image(store, django_capture_on_commit_callbacks):
    image = picture()
    call_command("pictures", verbosity=0)
    names = {one.file.name for one in image.renditions.all()}
    assert len(names) >= 3
    assert all(default_storage.exists(name) for name in names)
    name = image.file.name
    with django_capture_on_commit_callbacks(execute=True):
        image.delete()
    assert not default_storage.exists(name)


def test_nobody_reads_the_store_but_the_site(store, visitor):
    document = SiteDocument.objects.create(title="d", file=ContentFile(b"%PDF-1.4 text", "d.pdf"))
    collection = Collection.get_first_root_node().add_child(name="Locked")
    assert visitor.get(document.url).status_code == 404
    article_with(document)
    answer = visitor.get(document.url)
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 text"

    CollectionViewRestriction.objects.create(collection=collection, restriction_type="login")
    SiteDocument.objects.filter(pk=document.pk).update(collection=collection)
    assert visitor.get(document.url).status_code == 302
    acl = boto3.client("s3").get_object_acl(Bucket=BUCKET, Key=f"site/{document.file.name}")
    assert [grant["Grantee"]["Type"] for grant in acl["Grants"]] == ["CanonicalUser"]  # its owner alone
