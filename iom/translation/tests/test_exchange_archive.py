"""Several translations in one archive, out and in: each file to its translation, and a reason for each that cannot."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from iom.tests.factories import ArticleFactory
from iom.translation.exchange import archive, formats
from iom.translation.tests import desk
from iom.translation.tests.exchanging import download, translate, written


@pytest.fixture
def states(db):
    return [
        desk.submit(ArticleFactory(title="Titre", summary=f"Résumé {number}.", body=desk.body("Un.")), "en")
        for number in range(3)
    ]


def get(client, **chosen):
    return client.get(reverse("translation_exchange"), chosen, headers={"accept-language": "en"})


def unpacked(answer):
    assert answer["Content-Type"] == "application/zip"
    file = ZipFile(BytesIO(answer.content))
    return {name: file.read(name) for name in file.namelist()}


def packed(files, **kwargs):
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


@pytest.mark.parametrize("name", list(formats.FORMATS))
def test_chosen_translations_go_out_and_come_back_in_one_archive(sign_in, states, name):
    client = sign_in("translator.en")
    chosen = [states[0].pk, states[2].pk]

    files = unpacked(get(client, translation=chosen, format=name))

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
    said = post(client, packed(brought | {"__MACOSX/x": b"x", "folder/.DS_Store": b"x"}))

    assert said.count("1 passage imported.") == 2
    assert [written(state) for state in states] == [{"body.0": "One."}, {}, {"body.0": "One."}]


def test_a_section_goes_out_pending_or_whole(sign_in, states):
    client = sign_in("translator.en")
    section = states[0].original.page.get_parent()
    locale = states[0].locale_id
    wanted = {"section": section.pk, "locale": locale, "format": "xliff"}

    pending = unpacked(get(client, which="pending", **wanted))
    every = unpacked(get(client, which="all", **wanted))

    assert len([file for file in pending.values() if "Résumé ".encode() in file]) == 3
    assert len(every) > len(pending)


def test_nothing_goes_to_those_who_may_not_open_it(sign_in, states):
    answer = get(sign_in("translator.fr"), translation=[states[0].pk], format="po")

    assert answer.url == reverse("translation_desk")


def test_a_translator_into_another_language_brings_nothing(sign_in, states):
    file = translate(download(sign_in("translator.en"), states[0], "xliff"), {"title": "Title"})

    assert "You cannot change this translation" in post(sign_in("translator.fr"), packed({"a.xlf": file}))
    assert written(states[0]) == {}


def encrypted(name, content):
    """As the bit in the headers says."""
    data = bytearray(packed({name: content}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


BAD = {
    "truncated": (lambda good: packed({"a.xlf": good})[:-40], "damaged or incomplete"),
    "empty": (lambda good: b"", "empty"),
    "without files": (lambda good: packed({}), "no files"),
    "traversal": (lambda good: packed({"../../etc/a.xlf": good}), "leads outside"),
    "absolute": (lambda good: packed({"/etc/a.xlf": good}), "leads outside"),
    "of Windows": (lambda good: packed({"C:\\a.xlf": good}), "leads outside"),
    "nested": (lambda good: packed({"a.zip": packed({"a.xlf": good})}), "archive within the archive"),
    "encrypted": (lambda good: encrypted("a.xlf", good), "encrypted"),
    "bomb": (lambda good: packed({"a.xlf": b"0" * 30_000_000}), "far too large"),
    "too many": (
        lambda good: packed({f"{number}.xlf": b"<a/>" for number in range(archive.MOST + 1)}),
        "more than 200",
    ),
    "too large a file": (lambda good: packed({"a.xlf": good, "b.xlf": good + b" " * formats.LARGEST}), "too large"),
    "other kinds": (lambda good: packed({"a.docx": b"\0\1\2", "b.html": b"<html></html>"}), "Nothing was imported"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_wrong_archive_is_refused_in_words(sign_in, states, fault):
    client = sign_in("translator.en")
    make, complaint = BAD[fault]

    said = post(client, make(translate(download(client, states[0], "xliff"), {"title": "Title"})))

    assert complaint in said
    if fault != "too large a file":
        assert written(states[0]) == {}


def test_what_is_right_in_an_archive_is_imported_beside_what_is_wrong(sign_in, states):
    client = sign_in("translator.en")
    good = translate(download(client, states[0], "xliff"), {"title": "Title"})

    said = post(client, packed({"../bad.xlf": good, "broken.xlf": good[:300], "good.xlf": good}))

    assert written(states[0]) == {"title": "Title"}
    assert said.count("Nothing was imported.") == 2


def test_a_member_that_says_less_than_it_is_is_read_no_further(states):
    content = bytearray(packed({"a.xlf": b"0" * (formats.LARGEST * 3)}))
    info = ZipInfo("a.xlf")
    assert info.file_size == 0
    place = content.index(b"PK\x01\x02") + 24
    content[place : place + 4] = (100).to_bytes(4, "little")

    results = archive.import_all("a.zip", bytes(content), None)

    assert [result.outcome for result in results] == [None]


def test_one_file_goes_in_there_as_well(sign_in, states):
    client = sign_in("translator.en")
    file = translate(download(client, states[0], "xliff"), {"title": "Title"})

    assert "1 passage imported." in post(client, file, "a.xlf")
    assert written(states[0]) == {"title": "Title"}
