"""Exchange files of all formats: exports are valid and can be imported; refused passages are reported."""

import polib
import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from lxml import etree
from translate.storage import factory
from wagtail_localize.models import StringTranslation

from iom.editorial.tests import admin_urls
from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.exchange import document, formats, importing
from iom.translation.tests import desk, exchanging
from iom.translation.tests.exchanging import TEXT, download, translate, units, upload, written
from iom.translation.workflow import questions
from iom.translation.workflow.writing import write
from iom.users.models import User
from newsroom.models import NewsArticle

every_format = pytest.mark.parametrize("name", [name for name in formats.FORMATS if name != "omegat"])
RICH = 'Le <b>1<sup>er</sup></b> mars, <a href="https://example.org/">voir</a> <i>x &lt; y</i> & <span lang="es">hola</span>'


@pytest.fixture
def state(db):
    body = desk.body(RICH, "Deux.")
    return desk.submit(ArticleFactory(title="L’eau & le sel", summary="Résumé.", body=body), "en")


def with_codes(words):
    """`words` with inline codes written as {1:bold} {2:}."""
    for number in range(1, 9):
        words = words.replace(f"{{{number}:", f'<g id="{number}">')
    return words.replace("}", "</g>")


# In the order of the original: b, sup, a, i, span
TRANSLATED = "On {1:1{2:st}} March, {3:see} {4:x &lt; y} &amp; {5:hola}"


def test_a_file_with_everything_that_a_passage_may_contain_is_valid(sign_in, state):
    rows = {row.path: row for row in segments.load_text(state.translation)}
    user = User.objects.get(email="translator.en@example.org")
    write(state, rows["body.0"], 'On <b>1<sup>st</sup></b> <i>a</i>\n<a id="a1">see</a> <b>more</b>', user)
    write(state, rows["body.1"], "<b>Unbalanced", user)
    questions.ask(state, rows["title"], "Which water?", user)

    content = download(sign_in("translator.en"), state, "xliff")

    exchanging.xliff_schema().assertValid(etree.fromstring(content))
    assert b"Which water?" in content
    assert f"#segment-{rows['title'].pk}".encode() in content
    assert f"/admin/translation/{state.pk}/preview/".encode() in content


def test_a_file_with_changed_passages_is_valid_and_has_their_former_text(sign_in):
    article = ArticleFactory(title="Titre", body=desk.body("Un <b>mot</b>."))
    state, _page = desk.translated(
        article, NewsArticle(title="Title", summary="S.", body=desk.body("One <b>word</b>."))
    )
    article.title, article.body = "Titre nouveau", desk.body("Un <b>autre</b> mot.")
    desk.republish(article)
    client = sign_in("translator.en")

    content = download(client, state, "xliff")

    exchanging.xliff_schema().assertValid(etree.fromstring(content))
    assert b">Titre<" in content
    said = upload(client, state, content)
    assert "2 were left out: they are marked as fuzzy or unfinished" in said
    assert "title" not in written(state)


def test_tags_go_out_as_codes_and_come_back_as_tags(sign_in, state):
    client = sign_in("translator.en")
    file = translate(download(client, state, "xliff"), {"body.0": with_codes(TRANSLATED), "title": "Water &amp; salt"})
    exchanging.xliff_schema().assertValid(etree.fromstring(file))

    said = upload(client, state, file)

    assert "2 passages imported" in said
    (text,) = [p.target for p in document.build_document(state).passages if p.segment.path == "body.0"]
    assert text == 'On <b>1<sup>st</sup></b> March, <a id="a1">see</a> <i>x &lt; y</i> & <span lang="es">hola</span>'
    assert "2 were already the same" in upload(client, state, file)
    assert "2 were already the same" in upload(client, state, download(client, state, "xliff"))


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        ("On 1 March", "link"),  # the link is missing
        ("{3:see} {8:x}", "8"),  # a code that nothing explains
        ("{3:}", "tags but no text"),
    ],
)
def test_codes_that_cannot_stand_are_refused_by_passage_and_all_else_is_imported(sign_in, state, words, complaint):
    client = sign_in("translator.en")
    file = translate(download(client, state, "xliff"), {"body.0": with_codes(words) or "x", "title": "Water"})

    said = upload(client, state, file)

    assert "1 passage imported" in said
    assert "Le 1er mars" in said or words == "{3:}"
    assert complaint in said or words == "{3:}"  # without words it counts as not translated
    assert written(state) == {"title": "Water"}


def test_codes_that_cross_are_refused(sign_in, state):
    """Programs with separate opening and closing codes can write them."""
    text = '<bx id="1"/>a<bx id="4"/>b<ex id="1"/>c<ex id="4"/>' + with_codes("{3:see}")
    client = sign_in("translator.en")

    said = upload(client, state, translate(download(client, state, "xliff"), {"body.0": text}))

    assert "not opened or not closed" in said
    assert written(state) == {}


UNFINISHED = [
    "new", "needs-translation", "needs-adaptation", "needs-l10n", "needs-review-translation",
    "needs-review-adaptation", "needs-review-l10n", "x-anything",
]  # fmt: skip
FINISHED = ["translated", "final", "signed-off"]


@pytest.mark.parametrize("said", [*UNFINISHED, *FINISHED])
def test_unfinished_states_stay_unfinished(sign_in, state, said):
    is_finished = said in FINISHED
    client = sign_in("translator.en")
    message = upload(client, state, translate(download(client, state, "xliff"), {"title": "Water"}, said))

    assert (written(state) == {"title": "Water"}) is is_finished
    assert ("unfinished" in message) is not is_finished


def test_a_passage_in_a_field_without_tags_is_refused_with_codes(sign_in, state):
    client = sign_in("translator.en")

    said = upload(client, state, translate(download(client, state, "xliff"), {"title": with_codes("{1:Water}")}))

    assert "cannot have tags" in said
    assert written(state) == {}


@every_format
def test_an_unconfirmed_passage_is_unfinished_until_a_translator_confirms_it(sign_in, state, name):
    client = sign_in("translator.en")
    title = next(row for row in segments.load_text(state.translation) if row.path == "title")
    write(state, title, "From the memory", None)
    machine = StringTranslation.TRANSLATION_TYPE_MACHINE
    StringTranslation.objects.filter(context=title.context_id).update(translation_type=machine)
    content = download(client, state, name)

    assert "unfinished" in upload(client, state, content)
    assert segments.load_text(state.translation).unconfirmed

    for mark in (b"#, fuzzy\n", b'state="needs-review-translation"'):
        content = content.replace(mark, b"")
    assert "1 passage imported." in upload(client, state, content)
    assert not segments.load_text(state.translation).unconfirmed


def test_the_file_for_omegat_has_copies_and_those_that_were_replaced_come_back(sign_in, state):
    client = sign_in("translator.en")
    title = next(row for row in segments.load_text(state.translation) if row.path == "title")
    write(state, title, "Water & salt", User.objects.get(email="translator.en@example.org"))

    content = download(client, state, "omegat")

    root = etree.fromstring(content)
    exchanging.xliff_schema().assertValid(root)
    assert "title" not in units(root)
    assert upload(client, state, content) == "0 passages imported."
    text = content.decode().replace("<target>Deux.</target>", "<target>Two.</target>")
    assert "1 passage imported." in upload(client, state, text.encode())
    assert written(state) == {"title": "Water &amp; salt", "body.1": "Two."}


@every_format
def test_a_later_change_by_another_person_is_not_replaced(sign_in, state, name):
    client = sign_in("translator.en")
    rows = {row.path: row for row in segments.load_text(state.translation)}
    for path in ("title", "summary"):
        write(state, rows[path], "First", User.objects.get(email="translator.en@example.org"))
    content = download(client, state, name).replace(b"First", b"From the file")
    write(state, rows["title"], "By another", User.objects.get(email="officer@example.org"))

    said = upload(client, state, content)

    assert "1 passage imported." in said
    assert "1 was left out: another person has changed it" in said
    assert written(state) == {"title": "By another", "summary": "From the file"}


def with_duplicate_passage(name, content):
    """A file that contains one passage twice with different translations."""
    if name == "po":
        file = polib.pofile(content.decode())
        entry = next(one for one in file if one.msgctxt == "title")
        entry.msgstr = "One"
        again = polib.POEntry(msgctxt=entry.msgctxt, msgid=entry.msgid, msgstr="Two")
        file.append(again)
        return str(file).encode()
    first = etree.fromstring(translate(content, {"title": "One"}))
    other = units(etree.fromstring(translate(content, {"title": "Two"})))["title"]
    units(first)["title"].addnext(other)
    return etree.tostring(first, encoding="utf-8")


@every_format
def test_a_passage_that_a_file_translates_in_two_ways_is_refused(sign_in, state, name):
    client = sign_in("translator.en")

    assert "several translations of this passage" in upload(
        client, state, with_duplicate_passage(name, download(client, state, name))
    )
    assert written(state) == {}


@every_format
def test_a_file_of_an_earlier_text_brings_what_is_still_there(sign_in, name):
    article = ArticleFactory(title="Titre", summary="Résumé.", body=desk.body("Un."))
    state = desk.submit(article, "en")
    client = sign_in("translator.en")
    for row in segments.load_text(state.translation):
        write(state, row, f"Old {row.path}", User.objects.get(email="translator.en@example.org"))
    content = download(client, state, name)
    article.title = "Titre nouveau"
    desk.submit(article, "en")
    state.refresh_from_db()
    for row in segments.load_text(state.translation):
        write(state, row, "", None)

    said = upload(client, state, content)

    assert "2 passages imported" in said
    assert "1 translates an earlier text of the original" in said
    assert written(state) == {"summary": "Old summary", "body.0": "Old body.0"}


@every_format
def test_another_program_reads_edits_and_writes_the_file(sign_in, state, name, tmp_path):
    """The other program is translate-toolkit, which Virtaal, Weblate and Pootle use."""
    client = sign_in("translator.en")
    file = tmp_path / f"file.{formats.FORMATS[name].extension}"
    file.write_bytes(download(client, state, name))
    store = factory.getobject(str(file))
    unit = next(one for one in store.units if one.source == "L’eau & le sel")
    unit.target = "Water & salt"
    unit.markfuzzy(False)
    store.save()

    said = upload(client, state, file.read_bytes())

    assert "1 passage imported" in said
    assert written(state) == {"title": "Water &amp; salt"}


@every_format
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(original=TEXT, text=TEXT)
@example(original="un\u2028deux", text="one\u2028two")
@example(original="un\u2029", text="one\u0085two")
@example(original="0", text="<?")
def test_no_character_is_lost_on_the_way_out_and_back(state, name, original, text):
    """Neither in the original, which identifies an entry, nor in its translation."""
    user = User.objects.get(email="translator.en@example.org")
    with admin_urls.rolled_back():
        article = NewsArticle.objects.get(pk=state.original_id)
        article.title, article.summary = "Titre", original
        assume(article.summary.strip() and segments.extract_strings(article))
        article.body = [{"type": "heading", "id": "0", "value": original}]
        state_now = desk.submit(article, "en")
        rows = segments.load_text(state_now.translation)
        for row in rows:
            write(state_now, row, text, user)
        written = [row for row in segments.load_text(state_now.translation) if row.written]
        before = {row.path: row.target for row in written if row.target}

        file = formats.FORMATS[name].write(document.build_document(state_now))
        for row in rows:
            write(state_now, row, "", user)
        if name == "xliff":
            exchanging.xliff_schema().assertValid(etree.fromstring(file))
        (parsed,) = formats.read(file)
        outcome = importing.import_translation(state_now, parsed, user)

        after = {row.path: row.written for row in segments.load_text(state_now.translation) if row.written}
        assert after == before
        assert (outcome.imported, outcome.unknown) == (len(before), 0)
        if name == "po":  # what could not be used where it was typed, either
            assert len(outcome.refused) == len(written) - len(before)
