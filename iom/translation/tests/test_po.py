"""PO files: what goes out comes back, and what cannot come back is said in words."""

import polib
import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from iom.editorial.tests import admin_urls
from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.exchange import document, importing, po
from iom.translation.exchange.po import IDENTITY
from iom.translation.tests import desk
from iom.translation.workflow.writing import write
from iom.users.models import User
from newsroom.models import NewsArticle


@pytest.fixture
def state(db):
    body = desk.body('Le <b>1<sup>er</sup></b> mars, <a href="https://example.org/">voir</a> & lire.', "Deux.")
    return desk.submit(ArticleFactory(title="L’eau & le sel", summary="Résumé.", body=body), "en")


def download(client, state):
    answer = client.get(reverse("wagtail_localize:download_pofile", args=[state.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def upload(client, state, content, name="title.po"):
    """What is said after the file has been brought."""
    data = {} if content is None else {"file": SimpleUploadedFile(name, content)}
    address = reverse("wagtail_localize:upload_pofile", args=[state.pk])
    answer = client.post(address, data, headers={"accept-language": "en"})
    assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_pages:edit", args=[state.page_id]))
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))


def translate(text, **words):
    """The file as a translation program saves it."""
    file = polib.pofile(text)
    for entry in file:
        entry.msgstr = words.get(entry.msgctxt.split(".")[0], entry.msgstr)
    return str(file).encode()


def written(state):
    state.refresh_from_db()
    return {segment.path: segment.written for segment in segments.of_translation(state.translation) if segment.written}


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


def test_the_form_that_localize_itself_exports_is_taken_too(sign_in, state):
    file = translate(str(state.translation.export_po()), title="Water &amp; salt")

    upload(sign_in("translator.en"), state, file)

    assert "title" in written(state)


def other_languages(state, text):
    return text.replace('"Language: en', '"Language: de')


def anothers(state, text):
    return text.replace(str(state.translation.uuid), "7d4ad4ae-9d1c-4a86-9b53-2d2ab0fa01a5")


def without_identity(state, text):
    return "\n".join(line for line in text.splitlines() if IDENTITY not in line)


@pytest.mark.parametrize("spoil", [other_languages, anothers, without_identity])
def test_a_file_of_something_else_is_refused_in_words(sign_in, state, spoil):
    client = sign_in("translator.en")
    file = translate(spoil(state, download(client, state)), title="Water and salt")

    assert "Nothing" in upload(client, state, file)
    assert written(state) == {}


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
def test_what_is_no_po_file_is_refused_in_words(sign_in, state, content):
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
    segment = next(one for one in segments.of_translation(state.translation) if one.path == "body.1")
    write(state, segment, "Two.", None)
    file = translate(download(client, state), body=wrong, title="Water and salt")

    said = upload(client, state, file)

    assert "Deux." in said
    assert "<script>" not in said
    assert written(state)["body.1"] == "Two."
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
def test_a_translator_into_another_language_neither_takes_nor_brings_the_file(sign_in, state, account):
    client = sign_in(account)
    text = download(sign_in("translator.en"), state)

    assert client.get(reverse("wagtail_localize:download_pofile", args=[state.pk])).url == "/admin/"
    client.post(
        reverse("wagtail_localize:upload_pofile", args=[state.pk]),
        {"file": SimpleUploadedFile("a.po", translate(text, title="Water"))},
    )
    assert written(state) == {}


def test_a_file_is_brought_by_post_alone(sign_in, state):
    assert sign_in("translator.en").get(reverse("wagtail_localize:upload_pofile", args=[state.pk])).status_code == 405


TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=60) | st.lists(
    st.sampled_from(
        ["\u2028", "\u2029", "\u0085", "\u00a0", "\u202f", "\\", '"', "\t", "\n", "é", "%", "<", "&", "a"]
    ),
    min_size=1,
    max_size=12,
).map("".join)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(original=TEXT, text=TEXT)
@example(original="un\u2028deux", text="one\u2028two")
@example(original="un\u2029", text="one\u0085two")
@example(original="0", text="<?")
def test_no_character_is_lost_on_the_way_out_and_back(state, original, text):
    """In the words of the original, by which an entry is known, and in those of its translation."""
    user = User.objects.get(email="translator.en@example.org")
    with admin_urls.rolled_back():
        article = NewsArticle.objects.get(pk=state.original_id)
        article.title, article.summary = "Titre", original
        assume(article.summary.strip() and segments.strings_of(article))
        article.body = [{"type": "heading", "id": "0", "value": original}]
        state_now = desk.submit(article, "en")
        rows = segments.of_translation(state_now.translation)
        for row in rows:
            write(state_now, row, text, user)
        written = [row for row in segments.of_translation(state_now.translation) if row.written]
        before = {row.path: row.target for row in written if row.target}

        file = po.write(document.of(state_now))
        for row in rows:
            write(state_now, row, "", user)
        outcome = importing.import_sheet(state_now, po.read(file)[0], user)

        after = {row.path: row.written for row in segments.of_translation(state_now.translation) if row.written}
        assert after == before
        assert (outcome.imported, outcome.unknown) == (len(before), 0)
        assert len(outcome.refused) == len(written) - len(before)  # what could not be used where it was typed, either


def test_what_another_person_has_written_since_the_download_is_not_replaced(sign_in, state):
    client = sign_in("translator.en")
    file = translate(download(client, state), title="From the file", summary="From the file")
    title = next(row for row in segments.of_translation(state.translation) if row.path == "title")
    write(state, title, "By another", User.objects.get(email="officer@example.org"))

    said = upload(client, state, file)

    assert "1 was left out: another person" in said
    assert written(state)["title"] == "By another"
    assert written(state)["summary"] == "From the file"


def test_a_corrected_file_is_brought_again(sign_in, state):
    client = sign_in("translator.en")
    text = download(client, state)
    upload(client, state, translate(text, title="First"))
    upload(client, state, translate(text, title="Second"))

    assert written(state)["title"] == "Second"
