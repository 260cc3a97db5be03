"""Writing segments: which texts are stored, and which are stored with a problem."""

import pytest
from django.contrib.auth import get_user_model
from wagtail_localize.models import StringTranslation

from iom.tests.factories import ArticleFactory
from iom.translation.tests.desk import submit
from iom.translation.tests.screen import segment
from iom.translation.workflow.writing import write, write_all


@pytest.fixture
def state(db):
    text = '<p>Voir <a href="https://example.org/">le site</a> &amp; <b>lire</b>.</p>'
    body = [{"type": "paragraph", "id": "0", "value": text}]
    return submit(ArticleFactory(title="Titre", summary="Résumé.", body=body), "en")


@pytest.fixture
def translator(db):
    return get_user_model().objects.get(email="translator.en@example.org")


def stored(state, path):
    row = segment(state, path)
    return row.written, row.has_error


def test_a_text_is_stored_with_its_translator_and_counted(state, translator):
    assert write(state, segment(state, "title"), " Research & rescue ", translator) == ""

    row = segment(state, "title")
    assert (row.target, row.by) == ("Research &amp; rescue", translator.pk)
    state.refresh_from_db()
    assert (state.total, state.translated, state.step) == (3, 1, "in-progress")


def test_marked_up_text_is_stored_as_localize_keeps_it(state, translator):
    text = 'See <a id="a1">the site</a> & <b>read</b> on the 1<sup>st</sup>.'
    assert write(state, segment(state, "body.0"), text, translator) == ""

    assert stored(state, "body.0")[1] is False
    assert state.translation.source.get_ephemeral_translated_instance(state.locale, fallback=True).body[
        0
    ].value.source == (
        '<p>See <a href="https://example.org/">the site</a> &amp; <b>read</b> on the 1<sup>st</sup>.</p>'
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('See <a id="a1">the site</a> & <b>read.', "<b>"),
        ('See <a id="a1">the site</a> & read.</b>', "</b>"),
        ("See the site & <b>read</b>.", "a1"),
        ('See <a id="a2">the site</a>.', ""),
        ('See <a href="https://evil.example/">the site</a>.', ""),
        ('<script>alert(1)</script><a id="a1">the site</a>', "script"),
        ('<h2>See</h2> <a id="a1">the site</a>', "h2"),
        ('<a id="a1" class="x">the site</a>', ""),
        ('<a id="a1"> </a>', ""),
    ],
)
def test_an_unusable_text_is_stored_with_its_problem(state, translator, text, message):
    problem = write(state, segment(state, "body.0"), text, translator)

    assert problem
    assert message in problem
    assert stored(state, "body.0") == (text, True)
    state.refresh_from_db()
    assert state.translated == 0


def test_a_text_that_is_too_long_for_its_field_is_reported_before_publication(state, translator):
    problem = write(state, segment(state, "title"), "x" * 256, translator)

    assert "255" in problem
    assert stored(state, "title") == ("x" * 256, True)


def test_a_corrected_text_is_usable_again(state, translator):
    write(state, segment(state, "title"), "x" * 256, translator)
    assert write(state, segment(state, "title"), "Title", translator) == ""

    assert stored(state, "title") == ("Title", False)


@pytest.mark.parametrize("text", ["", "  \r\n "])
def test_an_empty_text_deletes_the_translation(state, translator, text):
    write(state, segment(state, "title"), "Title", translator)
    write(state, segment(state, "title"), text, translator)

    assert not StringTranslation.objects.filter(
        context__path="title", context__object=state.original.translation_key
    ).exists()
    state.refresh_from_db()
    assert state.translated == 0


def test_many_segments_written_together_are_counted_once(state, translator, django_assert_max_num_queries):
    both = {segment(state, "title"): "Title", segment(state, "summary"): "Summary."}
    state = type(state).objects.select_related("page", "translation__source").get(pk=state.pk)
    with django_assert_max_num_queries(25):
        write_all(state, both, translator)

    assert state.translated == 2


def test_a_line_break_stays_where_the_field_has_lines_and_goes_where_it_has_one(state, translator):
    write(state, segment(state, "summary"), "One.\r\nTwo.", translator)
    write(state, segment(state, "title"), "One\r\nTwo", translator)

    assert stored(state, "summary")[0] == "One.<br/>Two."
    assert stored(state, "title")[0] == "One Two"
