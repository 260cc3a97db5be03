"""Archives of several translations: each file is imported into its translation, or refused with a reason."""

import os
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from iom.tests.factories import ArticleFactory
from iom.translation.exchange import archive, archive_views, formats
from iom.translation.tests import desk
from iom.translation.tests.exchanging import download, translate, written
from iom.translation.workflow import policy


@pytest.fixture
def states(db):
    return [
        desk.submit(ArticleFactory(title="Titre", summary=f"Résumé {number}.", body=desk.body("Un.")), "en")
        for number in range(3)
    ]


def get(client, **chosen):
    return client.get(reverse("translation_exchange"), chosen, headers={"accept-language": "en"})


def unzip(answer):
    assert answer["Content-Type"] == "application/zip"
    file = ZipFile(BytesIO(answer.content))
    return {name: file.read(name) for name in file.namelist()}


def zip_files(files, **kwargs):
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED, **kwargs) as file:
        for name, text in files.items():
            file.writestr(name, text)
    return content.getvalue()


def post(client, content, name="archive.zip"):
    file = SimpleUploadedFile(name, content)
    answer = client.post(
        reverse("translation_exchange"), {"file": file}, headers={"accept-language": "en"}, follow=True
    )
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("key", ["9" * 30, "0", "-1", "²", "x"])
def test_a_key_that_no_translation_can_have_is_refused(sign_in, key):
    answer = get(sign_in("translator.en"), translation=[key], format="po")
    assert answer.url == reverse("translation_desk")


@pytest.mark.parametrize("name", list(formats.FORMATS))
def test_chosen_translations_go_out_and_come_back_in_one_archive(sign_in, states, name):
    client = sign_in("translator.en")
    chosen = [states[0].pk, states[2].pk]

    files = unzip(get(client, translation=chosen, format=name))

    assert len(files) == 2  # two texts of the same title
    for file, number in zip(files.values(), (0, 2), strict=True):
        assert f"Résumé {number}.".encode() in file
    text = b'msgid "Un."\nmsgstr "One."' if name == "po" else None
    brought = {
        f"folder/{file}": content.replace(b'msgid "Un."\nmsgstr ""', text)
        if text
        else translate(content, {"body.0": "One."}, "translated")
        for file, content in files.items()
    }
    said = post(client, zip_files(brought | {"__MACOSX/x": b"x", "folder/.DS_Store": b"x"}))

    assert said.count("1 passage imported.") == 2
    assert [written(state) for state in states] == [{"body.0": "One."}, {}, {"body.0": "One."}]


def test_a_section_goes_out_pending_or_whole(sign_in, states):
    client = sign_in("translator.en")
    section = states[0].original.page.get_parent()
    locale = states[0].locale_id
    wanted = {"section": section.pk, "locale": locale, "format": "xliff"}

    pending = unzip(get(client, which="pending", **wanted))
    every = unzip(get(client, which="all", **wanted))

    assert len([file for file in pending.values() if "Résumé ".encode() in file]) == 3
    assert len(every) > len(pending)


def test_translations_that_the_user_cannot_open_take_no_place_in_the_archive(sign_in, states, monkeypatch):
    monkeypatch.setattr(archive_views, "MAX_FILES", 1)
    monkeypatch.setattr(policy, "may_see", lambda user, state: state.pk == states[2].pk)
    wanted = {"section": states[0].original.page.get_parent().pk, "locale": states[0].locale_id, "format": "xliff"}

    (file,) = unzip(get(sign_in("translator.en"), which="all", **wanted)).values()

    assert "Résumé 2.".encode() in file


def test_a_user_who_may_not_open_a_translation_cannot_download_it(sign_in, states):
    answer = get(sign_in("translator.fr"), translation=[states[0].pk], format="po")

    assert answer.url == reverse("translation_desk")


def test_a_translator_into_another_language_imports_nothing(sign_in, states):
    file = translate(download(sign_in("translator.en"), states[0], "xliff"), {"title": "Title"})

    assert "You cannot change this translation" in post(sign_in("translator.fr"), zip_files({"a.xlf": file}))
    assert written(states[0]) == {}


def encrypted(name, content):
    """An archive whose headers have the bit for encryption."""
    data = bytearray(zip_files({name: content}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


BAD = {
    "truncated": (lambda good: zip_files({"a.xlf": good})[:-40], "damaged or incomplete"),
    "empty": (lambda good: b"", "empty"),
    "without files": (lambda good: zip_files({}), "no files"),
    "traversal": (lambda good: zip_files({"../../etc/a.xlf": good}), "leads outside"),
    "absolute": (lambda good: zip_files({"/etc/a.xlf": good}), "leads outside"),
    "of Windows": (lambda good: zip_files({"C:\\a.xlf": good}), "leads outside"),
    "nested": (lambda good: zip_files({"a.zip": zip_files({"a.xlf": good})}), "archive within the archive"),
    "encrypted": (lambda good: encrypted("a.xlf", good), "encrypted"),
    "bomb": (lambda good: zip_files({"a.xlf": b"0" * 30_000_000}), "far too large"),
    "too many": (
        lambda good: zip_files({f"{number}.xlf": b"<a/>" for number in range(archive.MAX_FILES + 1)}),
        "more than 200",
    ),
    "too large a file": (
        lambda good: zip_files({"a.xlf": good, "b.xlf": good + b" " * formats.MAX_FILE_SIZE}),
        "too large",
    ),
    "too much": (
        lambda good: zip_files({f"{n}.xlf": os.urandom(10**6).hex().encode() for n in range(14)}),
        "in several parts",
    ),
    "other kinds": (lambda good: zip_files({"a.docx": b"\0\1\2", "b.html": b"<html></html>"}), "Nothing was imported"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_wrong_archive_is_refused_in_words(sign_in, states, fault):
    client = sign_in("translator.en")
    make, complaint = BAD[fault]

    said = post(client, make(translate(download(client, states[0], "xliff"), {"title": "Title"})))

    assert complaint in said
    if fault != "too large a file":
        assert written(states[0]) == {}


def test_valid_files_of_an_archive_are_imported_beside_invalid_ones(sign_in, states):
    client = sign_in("translator.en")
    good = translate(download(client, states[0], "xliff"), {"title": "Title"})

    said = post(client, zip_files({"../bad.xlf": good, "broken.xlf": good[:300], "good.xlf": good}))

    assert written(states[0]) == {"title": "Title"}
    assert said.count("Nothing was imported.") == 2


def test_a_member_that_is_larger_than_its_declared_size_is_not_read_further(states):
    content = bytearray(zip_files({"a.xlf": b"0" * (formats.MAX_FILE_SIZE * 3)}))
    info = ZipInfo("a.xlf")
    assert info.file_size == 0
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = (100).to_bytes(4, "little")

    results = archive.import_files("a.zip", bytes(content), None)

    assert [result.outcome for result in results] == [None]


def test_a_single_file_is_accepted_as_well(sign_in, states):
    client = sign_in("translator.en")
    file = translate(download(client, states[0], "xliff"), {"title": "Title"})

    assert "1 passage imported." in post(client, file, "a.xlf")
    assert written(states[0]) == {"title": "Title"}
