"""The changes since a translation was last published, and the earlier text of each changed passage."""

import pytest

from iom.tests.factories import ArticleFactory
from iom.translation.content import comparison, segments
from iom.translation.content.comparison import diff
from iom.translation.tests.desk import body, republish, submit, translated
from newsroom.models import NewsArticle


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("Un chat.", "Un chat.", [("same", "Un chat.")]),
        (
            "Un chat noir.",
            "Un chien noir.",
            [("same", "Un "), ("removed", "chat"), ("added", "chien"), ("same", " noir.")],
        ),
        ("Un <b>chat</b>", "Un chat", [("same", "Un "), ("removed", "<b>"), ("same", "chat"), ("removed", "</b>")]),
        ("A &amp; B", "A &amp; C", [("same", "A & "), ("removed", "B"), ("added", "C")]),
        ("", "Un.", [("added", "Un.")]),
        (
            'Voir <a id="a1">ici</a>.',
            'Voir <a id="a1">là</a>.',
            [("same", 'Voir <a id="a1">'), ("removed", "ici"), ("added", "là"), ("same", "</a>.")],
        ),
        (
            "le 1<a><code>sup</code>er</a> mai",
            "le 2 mai",
            [("same", "le "), ("removed", "1<sup>er</sup>"), ("added", "2"), ("same", " mai")],
        ),
    ],
)
def test_differences_are_marked_by_words_and_whole_tags(before, after, pieces):
    assert diff(before, after) == pieces


def test_a_sentence_written_anew_is_shown_as_one_change():
    assert diff("tout est autre", "rien ne reste") == [("removed", "tout est autre"), ("added", "rien ne reste")]


@pytest.fixture
def published(db):
    original = ArticleFactory(
        title="Titre",
        summary="Résumé.",
        body=body("Le premier bus est parti à six heures.", "Tout le monde dort.", "La mer est calme ce matin."),
    )
    english = NewsArticle(
        title="Title",
        summary="Summary.",
        body=body("The first bus left at six.", "Everyone sleeps.", "The sea is calm."),
    )
    state, _page = translated(original, english)
    return original, state


def changed(original, state):
    """The previous source and target of each changed segment, by its present source."""
    republish(original)
    state = submit(NewsArticle.objects.get(pk=original.pk), "en")
    now = segments.load_text(state.translation)
    found = comparison.find_changes(comparison.last_published_version(state.pk).segments, now)
    return {segment.source: found[segment.pk] for segment in now if segment.pk in found}


def test_a_changed_passage_comes_with_what_it_was_and_its_translation(published):
    original, state = published
    original.summary = "Autre résumé."

    found = changed(original, state)

    assert list(found) == ["Autre résumé."]
    assert (found["Autre résumé."].source, found["Autre résumé."].target) == ("Résumé.", "Summary.")
    assert ("added", "Autre résumé") in found["Autre résumé."].pieces


def test_a_block_in_place_of_another_is_known_by_its_words(published):
    original, state = published
    blocks = body("Le premier bus est parti à sept heures.", "Tout le monde dort.", "La mer est calme ce matin.")
    blocks[0]["id"] = "autre"
    original.body = blocks

    found = changed(original, state)

    assert found["Le premier bus est parti à sept heures."].target == "The first bus left at six."


def test_a_new_passage_is_no_change_of_another(published):
    original, state = published
    blocks = body("Le premier bus est parti à six heures.", "Tout le monde dort.", "La mer est calme ce matin.")
    original.body = [*blocks, {"type": "paragraph", "id": "neuf", "value": "<p>Des vivres manquent encore.</p>"}]

    assert changed(original, state) == {}


def test_of_two_sentences_of_a_paragraph_each_finds_its_own(published):
    original, state = published
    original.body = body(
        "<i>x</i> Le premier bus est parti à huit heures.</p><p>Un mot.",
        "Tout le monde dort.",
        "La mer est calme ce matin.",
    )

    found = changed(original, state)

    assert found["<i>x</i> Le premier bus est parti à huit heures."].target == "The first bus left at six."
    assert "Un mot." not in found
