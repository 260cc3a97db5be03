"""PO files: an exported file can be imported; entries that cannot be imported are reported."""

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.tests import desk
from iom.translation.tests.exchanging import upload, written
from iom.translation.workflow.writing import write
from newsroom.models import NewsArticle


@pytest.fixture
def state(db):
    body = desk.body('Le <b>1<sup>er</sup></b> mars, <a href="https://example.org/">voir</a> & lire.', "Deux.")
    return desk.submit(ArticleFactory(title="L’eau & le sel", summary="Résumé.", body=body), "en")


def download(client, state):
    answer = client.get(reverse("wagtail_localize:download_pofile", args=[state.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def translate(text, **words):
    """The file as a translation program saves it after translation."""
    file = polib.pofile(text)
    for entry in file:
        entry.msgstr = words.get(entry.msgctxt.split(".")[0], entry.msgstr)
    return str(file).encode()


def test_a_file_goes_out_with_all_passages_and_comes_back_with_their_translations(sign_in, state):
    client = sign_in("translator.en")
    text = download(client, state)
    entries = {(entry.msgctxt, entry.msgid) for entry in polib.pofile(text)}
    assert entries == {
        ("title", "L’eau & le sel"),
        ("summary", "Résumé."),
        ("body.0", 'Le <b>1<sup>er</sup></b> mars, <a id="a1">voir</a> & lire.'),
        ("body.1", "Deux."),
    }

    file = polib.pofile(text)
    translations = {
        "title": "Water & salt",
        "body.0": 'On <b>1<sup>st</sup></b> March, <a id="a1">see</a> & read.',
        "body.1": "Two.",
    }
    for entry in file:
        entry.msgstr = translations.get(entry.msgctxt, "")

    said = upload(client, state, str(file).encode())

    assert "3 passages" in said
    assert (state.refresh_from_db(), state.missing) == (None, 1)
    assert {
        entry.msgctxt: entry.msgstr for entry in polib.pofile(download(client, state)) if entry.msgstr
    } == translations
    assert "3 were already the same" in upload(client, state, str(file).encode())


def test_a_file_exported_by_localize_itself_is_accepted(sign_in, state):
    file = translate(str(state.translation.export_po()), title="Water &amp; salt")

    upload(sign_in("translator.en"), state, file)

    assert "title" in written(state)


@pytest.mark.parametrize(
    "content",
    [
        None,
        b"",
        b"   \n",
        b"/etc/passwd",
        b"PK\x03\x04\x00\x00binary\x00",
        'msgid "été"\nmsgstr "summer"\n'.encode("latin-1"),
        b'msgid "a\nmsgstr',
        b"<html><body>Not a PO file</body></html>",
        b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=nonsense\\n"\n',
        b'msgid ""\nmsgstr ""\n"no colon here\\n"\n\nmsgstr[x] "b"\n',
        b"\xff\xfem\x00s\x00g\x00",
        b"#" * (2 * 1024 * 1024 + 1),
    ],
    ids=lambda content: repr(content)[:20],
)
def test_a_file_that_is_not_po_is_refused_with_a_message(sign_in, state, content):
    assert upload(sign_in("translator.en"), state, content)
    assert written(state) == {}


def test_a_fuzzy_entry_is_left_out_and_counted(sign_in, state):
    client = sign_in("translator.en")
    file = polib.pofile(download(client, state))
    for entry in file:
        entry.msgstr, entry.flags = ("Two.", ["fuzzy"]) if entry.msgctxt == "body.1" else ("", [])

    said = upload(client, state, str(file).encode())

    assert "fuzzy" in said
    assert written(state) == {}


@pytest.mark.parametrize(
    "wrong", ["<script>alert(1)</script>", "<b>One", '<a id="a9">One</a>', '<p class="x">One</p>']
)
def test_a_translation_that_could_not_be_published_is_left_out_and_named(sign_in, state, wrong):
    client = sign_in("translator.en")
    segment = next(one for one in segments.load_text(state.translation) if one.path == "body.1")
    write(state, segment, "Two.", None)
    file = translate(download(client, state), body=wrong, title="Water and salt")

    said = upload(client, state, file)

    assert "Deux." in said
    assert "<script>" not in said
    assert written(state)["body.1"] == "Two."
    assert written(state)["title"] == "Water and salt"


@pytest.mark.parametrize("time", ["2026-02-30T10:00:00+00:00", "2026-02-03T10:00:00"])
def test_an_impossible_time_of_the_export_and_one_without_a_zone_are_ignored(sign_in, state, time):
    client = sign_in("translator.en")
    segment = next(one for one in segments.load_text(state.translation) if one.path == "title")
    write(state, segment, "Title", None)
    file = polib.pofile(translate(download(client, state), title="Water and salt").decode())
    file.metadata["X-Exported-At"] = time

    upload(client, state, str(file).encode())

    assert written(state)["title"] == "Water and salt"


def test_a_passage_that_the_original_no_longer_has_is_left_out_and_counted(sign_in, state):
    client = sign_in("translator.en")
    file = (
        translate(download(client, state), body="Three.")
        .replace(b'"Deux."', b'"Trois."')
        .replace(b"Le <b>", b"La <b>")
    )

    assert "2 " in upload(client, state, file)
    assert written(state) == {}


def test_a_changed_passage_comes_with_its_former_words_marked_as_fuzzy(sign_in):
    article = ArticleFactory(title="Titre", body=desk.body("Un."))
    state, _page = desk.translated(article, NewsArticle(title="Title", summary="S.", body=desk.body("One.")))
    article.title = "Titre nouveau"
    desk.republish(article)

    file = polib.pofile(download(sign_in("translator.en"), state))

    (changed,) = [entry for entry in file if entry.msgctxt == "title"]
    assert (changed.msgid, changed.msgstr, changed.fuzzy) == ("Titre nouveau", "Title", True)
    assert changed.previous_msgid == "Titre"


@pytest.mark.parametrize("account", ["translator.fr"])
def test_a_translator_into_another_language_neither_downloads_nor_uploads_the_file(sign_in, state, account):
    client = sign_in(account)
    text = download(sign_in("translator.en"), state)

    assert client.get(reverse("wagtail_localize:download_pofile", args=[state.pk])).url == "/admin/"
    client.post(
        reverse("wagtail_localize:upload_pofile", args=[state.pk]),
        {"file": SimpleUploadedFile("a.po", translate(text, title="Water"))},
    )
    assert written(state) == {}


def test_a_file_is_uploaded_by_post_only(sign_in, state):
    assert sign_in("translator.en").get(reverse("wagtail_localize:upload_pofile", args=[state.pk])).status_code == 405


def test_a_corrected_file_is_uploaded_again(sign_in, state):
    client = sign_in("translator.en")
    text = download(client, state)
    upload(client, state, translate(text, title="First"))
    upload(client, state, translate(text, title="Second"))

    assert written(state)["title"] == "Second"
