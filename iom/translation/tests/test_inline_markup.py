"""Raised, lowered and foreign words stay inside their sentence, from the author to the reader of the translation."""

import polib
import pytest
from django.urls import reverse
from wagtail_localize.models import StringTranslation
from wagtail_localize.strings import extract_strings

from iom.core import inline_markup
from iom.core.blocks.paragraph import ParagraphBlock
from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.models import TranslationState
from iom.translation.tests.desk import body, draft, prefill, publish, submit, translated
from iom.translation.workflow import progress, writing
from newsroom.models import NewsArticle

MARKED = (
    'Le 1<sup>er</sup> mars, H<sub>2</sub>O et <span lang="es" dir="ltr">¡<b>Hola</b>!</span> '
    'sur <a href="https://un.org/">le 2<sup>e</sup> site</a>.'
)
AS_READ = (
    'Le 1<sup>er</sup> mars, H<sub>2</sub>O et <span lang="es">¡<b>Hola</b>!</span> '
    'sur <a id="a1">le 2<sup>e</sup> site</a>.'
)


def article(*paragraphs, **kwargs):
    return NewsArticle(title="Title", summary="Summary.", body=body(*paragraphs), **kwargs)


def original(*paragraphs):
    return ArticleFactory(title="Titre", summary="Résumé.", body=body(*paragraphs))


def in_body(page):
    return [segment for segment in segments.extract_strings(page) if segment.path.startswith("body.")]


def write(state, text):
    """What the editor does with a translation of the paragraph."""
    segment = next(each for each in segments.load_text(state.translation) if each.path == "body.0")
    writing.write(state, segment, text, None)
    return StringTranslation.objects.get(translation_of=segment.string_id, context=segment.context_id)


@pytest.fixture
def half(db):
    """A translation of which the paragraph is still to be written."""
    state = submit(original("Le 1<sup>er</sup> mars."), "en")
    for each in segments.load_text(state.translation):
        if each.path != "body.0":
            StringTranslation.objects.create(
                translation_of_id=each.string_id, context_id=each.context_id, locale=state.locale, data="Words."
            )
    progress.recount(state)
    return TranslationState.objects.get(pk=state.pk)


def test_a_sentence_is_one_segment_whatever_is_marked_in_it(db):
    (segment,) = in_body(article(MARKED))

    assert inline_markup.to_editor(segment.string.data) == AS_READ
    assert inline_markup.from_editor(AS_READ) == segment.string.data
    assert segments.count_words(segment.string.data) == segments.count_words(AS_READ)


@pytest.mark.parametrize(
    ("html", "as_read"),
    [
        ('<span lang="ar" dir="rtl">مرحبا</span>', '<span lang="ar">مرحبا</span>'),
        ('Voir <i lang="en">Migration</i>.', 'Voir <i><span lang="en">Migration</span></i>.'),
        ('<b class="x">Un</b> <span class="y">deux</span> <code>trois</code>', "<b>Un</b> deux trois"),
        (
            '<span lang="en">Un <span lang="es">dos</span></span>',
            '<span lang="en">Un <span lang="es">dos</span></span>',
        ),
    ],
)
def test_marks_of_every_sort_reach_the_translator_and_nothing_else_does(db, html, as_read):
    (segment,) = in_body(article(html))

    assert inline_markup.to_editor(segment.string.data) == as_read


@pytest.mark.parametrize(
    "html",
    ["Un.", "Un <b>gras</b> &amp; un <a href='x'>lien</a>.", "<b>Tout</b>", "1 &lt; 2", "Un<br/>deux", "«&nbsp;»"],
)
def test_plain_passages_are_what_localize_makes_of_them(db, html):
    _template, strings = extract_strings(f"<p>{html}</p>")

    assert [segment.string.data for segment in in_body(article(html))] == [string.data for string, _attrs in strings]


def test_marks_come_back_in_the_published_translation_each_language_with_its_direction(visitor):
    text = (
        'On 1 March, H<sub>2</sub>O, <span lang="ar">مرحبا <b>بك</b></span> and '
        '<a href="https://un.org/">the 2<sup>nd</sup> site</a>.'
    )
    _state, page = translated(original(MARKED), article(text))

    expected = text.replace('lang="ar"', 'dir="rtl" lang="ar"')
    assert page.body[0].value.source == f"<p>{expected}</p>"
    assert expected in visitor.get(page.url).content.decode()


def test_a_translator_marks_what_the_original_does_not(half):
    row = write(half, 'On <i>the</i> 1<sup>st</sup>, <span lang="fr" dir="ltr">à Genève</span>.')

    assert not row.has_error
    assert draft(half).body[0].value.source == (
        '<p>On <i>the</i> 1<sup>st</sup>, <span dir="ltr" lang="fr">à Genève</span>.</p>'
    )


def test_what_a_passage_cannot_have_is_kept_and_is_no_translation(half):
    row = write(half, 'On <h2>1</h2><sup class="x">st</sup>.')

    half.refresh_from_db()
    assert (row.has_error, half.missing) == (True, 1)
    assert row.data == 'On <h2>1</h2><sup class="x">st</sup>.'


@pytest.mark.parametrize(
    "text",
    [
        '<sup class="x">er</sup>',
        '<span class="x">er</span>',
        '<span lang="es" onclick="x">er</span>',
        '<span lang="not a language">er</span>',
        "<span>er</span>",
        "<h2>er</h2>",
        "<script>x</script>",
        '<a href="https://evil.example/">er</a>',
        "<a>er</a>",
        "<code>sup</code>er",
        "<a><code>script</code></a>",
        '<img src="x">',
    ],
)
def test_bad_markup_is_refused_in_words(text):
    with pytest.raises(inline_markup.MarkupNotAllowed) as refused:
        inline_markup.from_editor(f"Le 1{text} mars")

    assert str(refused.value)


@pytest.mark.parametrize("text", ["", "Un < deux & trois", "Un<br/>deux", '<a id="a1">x</a>', AS_READ])
def test_what_a_translator_reads_can_be_written_as_it_stands(text):
    stored = inline_markup.from_editor(text)

    assert inline_markup.to_editor(stored) == text
    assert inline_markup.from_editor(stored) == stored


def test_a_title_has_no_marks_which_would_be_lost(half):
    segment = next(each for each in segments.load_text(half.translation) if each.path == "title")
    row = StringTranslation.objects.get(translation_of=segment.string_id, context=segment.context_id)
    row.data = "The 1<sup>st</sup>"
    row.save()

    assert row.has_error


def test_a_passage_saved_by_itself_takes_marks(sign_in, half):
    segment = next(each for each in segments.load_text(half.translation) if each.path == "body.0")
    address = reverse("translation_segment", args=[half.pk, segment.pk])

    assert sign_in("translator.en").post(address, {"text": "1<sup>st</sup> March."}).json()["ok"]
    assert draft(half).body[0].value.source == "<p>1<sup>st</sup> March.</p>"


def test_marks_go_out_in_a_po_file_of_localizes_and_come_back(half):
    file = half.translation.export_po()
    (entry,) = [entry for entry in file if entry.msgctxt == "body.0"]
    entry.msgstr = inline_markup.from_editor("1<sup>st</sup> March.")

    warnings = half.translation.import_po(polib.pofile(str(file)))
    half.translation.import_po(half.translation.export_po())

    assert warnings == []
    assert draft(half).body[0].value.source == "<p>1<sup>st</sup> March.</p>"


def test_a_counterpart_may_be_marked_otherwise(db):
    page = original("Le 1<sup>er</sup> mars.")
    state = submit(page, "en")
    prefill(state, page, article('On 1 March, in <span lang="fr" dir="ltr">Genève</span>.'))

    assert publish(state).body[0].value.source == '<p>On 1 March, in <span dir="ltr" lang="fr">Genève</span>.</p>'


def test_a_callout_keeps_its_marks_too(db):
    callout = {"type": "callout", "id": "c", "value": {"title": "", "text": "<p>Le 1<sup>er</sup> mars.</p>"}}
    page = ArticleFactory(title="Titre", summary="Résumé.", body=[callout])
    state = submit(page, "en")
    counterpart = callout | {"value": {"title": "", "text": "<p>H<sub>2</sub>O</p>"}}
    prefill(state, page, NewsArticle(title="Title", summary="Summary.", body=[counterpart]))

    assert draft(state).body[0].value["text"].source == "<p>H<sub>2</sub>O</p>"


@pytest.mark.parametrize("code", ["es", "ar", "sw"])
def test_the_editor_keeps_words_in_another_language(db, code):
    widget = ParagraphBlock().field.widget
    direction = "rtl" if code == "ar" else "ltr"
    html = (
        f'<p data-block-key="k">Il dit <span dir="{direction}" lang="{code}">x <b>y</b></span> le 1<sup>er</sup></p>'
    )

    stored = widget.value_from_datadict({"text": widget.format_value(html)}, {}, "text")

    assert NewsArticle(body=[{"type": "paragraph", "id": "1", "value": stored}]).body[0].value.source == stored
    assert f'lang="{code}"' in stored
    assert f'dir="{direction}"' in stored
    assert "<sup>er</sup>" in stored


def test_the_toolbar_offers_each_language_by_its_name(sign_in):
    page = ArticleFactory()
    text = sign_in("officer").get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    for style in ("SUPERSCRIPT", "SUBSCRIPT", "LANGUAGE_ES", "LANGUAGE_AR"):
        assert style in text
