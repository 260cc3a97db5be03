"""Faults of an exchange file are reported in the user's language, and no existing translation is lost."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iom.editorial.tests import admin_urls
from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.exchange import formats
from iom.translation.tests import desk
from iom.translation.tests.exchanging import download, translate, upload, written
from iom.translation.workflow.writing import write
from iom.users.models import User

every_format = pytest.mark.parametrize("name", [name for name in formats.FORMATS if name != "omegat"])
OTHER = "7d4ad4ae-9d1c-4a86-9b53-2d2ab0fa01a5"
BOMB = b"""<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2">&c;</xliff>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"><file original="&a;"/></xliff>"""


@pytest.fixture
def state(db):
    state = desk.submit(ArticleFactory(title="Titre", summary="Résumé.", body=desk.body("Un <b>mot</b>.")), "en")
    user = User.objects.get(email="translator.en@example.org")
    for row in segments.load_text(state.translation):
        write(state, row, f"Standing {row.path}", user)
    return state


def truncated(text):
    return text[: text.rindex("Brought") + 4].encode()


def in_another_encoding(text):
    return text.replace("Résumé", "Résumé à l’été").encode("cp1252", "replace")


def of_a_mainframe(text):
    return text.encode("cp037", "replace")


def of_another_page(text):
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", OTHER, text).encode()


def in_another_language(text):
    text = re.sub(r'(target-language|trgLang)="[^"]*"', r'\1="de"', text)
    return text.replace('"Language: en', '"Language: de').encode()


def without_identity(text):
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "", text).encode()


def empty(text):
    return b""


def only_spaces(text):
    return b" \r\n\t "


def archive(text):
    return b"PK\x03\x04" + text.encode()


def picture(text):
    return b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def web_page(text):
    return b"<!DOCTYPE html><html><body><p>Sign in</p></body></html>"


def entity_bomb(text):
    return BOMB


def outside_entity(text):
    return OUTSIDE


def too_large(text):
    return text.encode() + b" " * formats.MAX_FILE_SIZE


def deep(text):
    return b"<a>" * 100_000


def other_version(text):
    return b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.1" version="1.1"></xliff>'


def no_file_in_it(text):
    return b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"></xliff>'


FAULTS = [
    truncated, in_another_encoding, of_a_mainframe, of_another_page, in_another_language, without_identity, empty,
    only_spaces, archive, picture, web_page, entity_bomb, outside_entity, too_large, deep, other_version, no_file_in_it,
]  # fmt: skip


@every_format
@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_file_is_refused_in_the_users_language(sign_in, state, name, fault):
    client, before = sign_in("translator.en"), written(state)
    content = fault(download(client, state, name).decode().replace("Standing", "Brought"))

    said = {language: upload(client, state, content, language=language) for language in ("en", "fr")}

    assert written(state) == before
    assert said["en"].startswith("Nothing was imported. ")
    assert said["fr"] != said["en"]
    assert "root:" not in said["en"]


def test_a_passage_that_a_program_has_joined_with_another_is_refused_and_named(sign_in, state):
    client = sign_in("translator.en")
    content = translate(download(client, state, "xliff"), {"title": "Title. Summary.", "summary": "Summary."})
    content = content.replace(b"<source>Titre</source>", "<source>Titre. Résumé.</source>".encode())
    content = content.replace("<source>Résumé.</source>".encode(), "<source> Résumé. </source>".encode())

    outcome = upload(client, state, content)

    assert "“Titre. Résumé.”: The file has another original here" in outcome
    assert (written(state)["title"], written(state)["summary"]) == ("Standing title", "Summary.")


@every_format
def test_a_file_in_another_encoding_is_not_called_damaged(sign_in, state, name):
    client = sign_in("translator.en")
    content = in_another_encoding(download(client, state, name).decode())
    assert "The file is not in UTF-8. Save it again in UTF-8." in upload(client, state, content)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@every_format
def test_a_file_that_is_damaged_anywhere_never_breaks_or_writes_what_could_not_be_published(
    sign_in, state, name, data
):
    """Bytes are removed, doubled or replaced. Each passage keeps its text or gets the one of the file."""
    client = sign_in("translator.en")
    with admin_urls.rolled_back():
        content = bytearray(download(client, state, name))
        for _change in range(data.draw(st.integers(1, 3))):
            start = data.draw(st.integers(0, len(content) - 1))
            length = data.draw(st.integers(0, 40))
            piece = data.draw(
                st.sampled_from([b"", b"<", b">", b"&", b'"', b"\0", b"\xff", b"</g>", b"<g>", b"]]>", b"a"])
            )
            content[start : start + length] = piece * data.draw(st.integers(1, 3))

        assert upload(client, state, bytes(content))

        after = segments.load_text(state.translation)
        assert {row.path for row in after if row.written} == {row.path for row in after}
        assert not [row for row in after if row.has_error]
