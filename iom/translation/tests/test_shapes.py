"""Malformed requests to the desk's URLs never cause a server error, and get a reason in the user's language."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.users.models import UserProfile

from iom.editorial.tests import admin_urls
from iom.tests.factories import ArticleFactory
from iom.translation.models import TranslationState
from iom.translation.tests import desk
from iom.translation.tests.screen import segment
from iom.users.models import User

HUGE = "9" * 5000
NO_OBJECTS = ["[]", '"x"', "1", "null", "true", "[{}]", "[" * 100_000, "{", "", '{"value": 1', "\udcff", "NaN"]
WRONG_VALUES = [
    None, [], {}, True, 1, -1, 10**40, 1e308, "", "\0", "\ud800", HUGE, "<b>" * 3000 + "x" + "</b>" * 3000, "²", "٣",
]  # fmt: skip
NAMES = [
    "value", "seen", "text", "answer", "reason", "file", "locales", "next", "replacing", "undo", "action", "own", "slug", "without", "publish", "include_subtree", "languages", "review",
]  # fmt: skip

READ_JSON = {"wagtail_localize:edit_override", "translation_segment"}


def bodies():
    """Yields malformed bodies as arguments of the test client: data and content type."""
    for text in NO_OBJECTS:
        yield text.encode("utf-8", "surrogateescape"), "application/json"
    for value in WRONG_VALUES:
        yield json.dumps({"value": value, "seen": value}), "application/json"
    yield json.dumps({"seen": "x"}), "application/json"
    for content_type in ("text/plain", "multipart/form-data", "application/x-www-form-urlencoded", ""):
        yield b"\xff\0[]", content_type
    for value in [value for value in WRONG_VALUES if isinstance(value, str)]:
        yield (
            "&".join(f"{name}={value.encode('utf-8', 'replace').decode()}" for name in NAMES).encode(),
            ("application/x-www-form-urlencoded"),
        )


def desk_urls():
    """Yields the URLs below /admin/translation/ and /admin/localize/, and the editor's."""
    for name, parameters in admin_urls.addresses():
        if (
            name.startswith(("translation_", "wagtail_localize:", "language_rules:"))
            or name == "wagtailadmin_pages:edit"
        ):
            yield name, parameters


@pytest.mark.one_database
def test_no_shape_of_a_request_is_a_server_error(db):
    """Sends every body to URLs that read JSON, and every third one to each other URL."""
    text = admin_urls.text("fr")
    arguments = admin_urls.url_arguments(text.translation, text.state)
    client = admin_urls.clients()["d"]
    client.raise_request_exception = False
    asked, failed = set(), []
    with admin_urls.without_templates():
        for number, (name, parameters) in enumerate(desk_urls()):
            shapes = list(bodies()) if name in READ_JSON else list(bodies())[number % 3 :: 3]
            address = admin_urls.address(name, parameters, arguments)
            for method in ("post", "put", "delete"):
                for data, content_type in shapes:
                    with admin_urls.rolled_back():
                        answer = client.generic(method.upper(), address, data, content_type)
                    if answer.status_code >= 500:
                        failed.append((name, method, content_type, data[:60]))
                    if answer.status_code == 405:
                        break  # whatever is sent
                    asked.add(name)
            with admin_urls.rolled_back():
                files = {one: SimpleUploadedFile("x.po", b"\xff") for one in NAMES}
                if client.post(address, files).status_code >= 500:
                    failed.append((name, "files"))
    assert not failed, failed
    assert asked >= {*READ_JSON, "translation_ask"}


@pytest.fixture
def state(db):
    original = ArticleFactory(title="Titre", body=desk.body('Voir <a href="https://example.org/">ici</a>.'))
    return desk.submit(original, "en")


def test_the_reason_is_in_the_senders_language(sign_in, state):
    client = sign_in("translator.en")
    profile = UserProfile.get_for_user(User.objects.get(email="translator.en@example.org"))
    said = {}
    for language in ("fr", "en"):
        profile.preferred_language = language
        profile.save()
        said[language] = client.post(reverse("translation_segment", args=[state.pk, 10**6]), {"text": "x"}).json()[
            "error"
        ]
    assert "original" in said["fr"]
    assert said["fr"] != said["en"]


def test_tags_within_each_other_without_end_are_kept_as_written_and_said_to_be_wrong(sign_in, state):
    name = "wagtail_localize:upload_pofile"
    client = sign_in("translator.en")
    text = client.get(reverse("wagtail_localize:download_pofile", args=[state.pk])).content.decode()
    deep = "<b>" * 3000 + "x" + "</b>" * 3000
    head, entry = text.split('msgctxt "body.0"')
    file = head + 'msgctxt "body.0"' + entry.replace('msgstr ""', f'msgstr "{deep}"')
    answer = client.post(
        reverse(name, args=[state.pk]), {"file": SimpleUploadedFile("x.po", file.encode())}, follow=True
    )
    assert answer.status_code == 200
    assert "20" in " ".join(str(message) for message in answer.context["messages"])
    assert not segment(state, "body.0").target

    address = reverse("translation_segment", args=[state.pk, segment(state, "body.0").pk])
    code = "<a><code>es</code>" * 3000 + "x" + "</a>" * 3000
    for typed in (deep, code):
        row = segment(state, "body.0")
        seen = client.post(address, {"text": "", "seen": ""}).json()["seen"]
        assert not client.post(address, {"text": typed, "seen": seen}).json()["ok"]
        assert segment(state, "body.0").written == typed
        assert client.get(reverse("wagtailadmin_pages:edit", args=[state.page_id])).status_code == 200
        assert client.get(reverse("translation_preview", args=[state.pk])).status_code == 200
        assert row.pk == segment(state, "body.0").pk
    assert TranslationState.objects.get(pk=state.pk).missing
