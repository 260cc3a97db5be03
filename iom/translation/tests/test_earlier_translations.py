"""Earlier translations of a page are reused for blocks that officers copy, split, join and move."""

import json
import re

import polib
import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from iom.core.blocks import BodyBlock
from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.content.text import adapt_links, sentence_pairs, sentences
from iom.translation.editor.screen import build_rows
from iom.translation.exchange import document, po
from iom.translation.models import LanguageRule, TranslationState
from iom.translation.tests.desk import body, publish, republish, submit
from iom.translation.tests.editing import WAYS, duplicated, made_anew, with_new_ids
from iom.translation.tests.screen import segment
from iom.translation.workflow import detach
from iom.translation.workflow.writing import write, write_all
from iom.users.models import User
from newsroom.models import NewsArticle


def user(account="translator.en"):
    return User.objects.get(email=f"{account}@example.org")


def sample(name):
    """The stored form of a block's preview."""
    block = BodyBlock().child_blocks[name]
    value = json.loads(json.dumps(block.get_prep_value(block.get_preview_value()), cls=DjangoJSONEncoder))
    return with_new_ids({"type": name, "id": name, "value": value})


def article(*blocks):
    return ArticleFactory(title="Titre", summary="Résumé.", body=list(blocks))


def in_english(state):
    """A distinct translation of each passage, sentence by sentence."""
    texts = {one: one.source.replace("&amp;", "&") for one in segments.load_text(state.translation)}
    write_all(state, {one: re.sub(r"(^|[.!?] )(?=[^<\s])", r"\1EN ", text) for one, text in texts.items()}, user())
    return TranslationState.objects.get(pk=state.pk)


def rewritten(state, blocks):
    """Submits a draft of the original with other blocks."""
    page = NewsArticle.objects.get(pk=state.original_id)
    page.body = blocks
    return submit(page, "en")


def blocks_of(state):
    return list(NewsArticle.objects.get(pk=state.original_id).body.get_prep_value())


def shown(state):
    """By source: the content of the text field, and the earlier translation beside it."""
    return {row.source_text: (row.text, row.previous_text) for row in build_rows(state, {}, {})}


@pytest.mark.parametrize("name", list(BodyBlock().child_blocks))
def test_a_copy_of_any_block_has_the_translation_of_the_first(db, name):
    state = in_english(submit(article(sample(name)), "en"))
    before = {one.source: one.target for one in segments.load_text(state.translation)}

    state = rewritten(state, duplicated(blocks_of(state)))

    after = segments.load_text(state.translation)
    assert {one.source: one.target for one in after} == before
    assert all(one.target == before[one.source] for one in after)
    assert state.is_whole


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("is_published", [True, False])
def test_no_passage_loses_its_earlier_translation(db, way, is_published):
    text = (
        "<p>Le premier bus est parti tôt. Tout le monde dort. Merci.</p>"
        "<p>La mer est calme ce matin. Rien ne bouge.</p>"
    )
    more = [{"type": "paragraph", "id": f"p{n}", "value": text.replace("bus", f"bus {n}")} for n in (1, 2)]
    state = in_english(submit(article(*more, *(sample(name) for name in BodyBlock().child_blocks)), "en"))
    if is_published:
        publish(state)

    state = rewritten(state, WAYS[way](blocks_of(state)))

    empty = [source for source, (text, previous) in shown(state).items() if not (text or previous)]
    assert empty == []


@pytest.fixture
def state(db):
    return in_english(submit(article(*body("Un bus. Il part.", "Deux bus.")), "en"))


def test_a_copied_translation_keeps_its_translator_and_time(state):
    before = {one.source: (one.by, one.at) for one in segments.load_text(state.translation)}

    state = rewritten(state, duplicated(blocks_of(state)))

    after = segments.load_text(state.translation)
    assert len(after) == len(before) + 2
    assert all((one.by, one.at) == before[one.source] for one in after)


def test_readers_of_a_published_translation_get_a_copied_block_with_its_original(state):
    publish(state)
    page = NewsArticle.objects.get(pk=state.original_id)
    page.body = duplicated(blocks_of(state))
    republish(page)

    english = NewsArticle.objects.get(pk=state.page_id)
    assert [str(block.value) for block in english.body] == 2 * ["<p>EN Un bus. EN Il part.</p>"] + 2 * [
        "<p>EN Deux bus.</p>"
    ]


def test_a_translation_that_was_revised_stays_so_when_a_block_is_copied(state):
    LanguageRule.objects.filter(locale=state.locale_id).update(review=True)
    TranslationState.objects.filter(pk=state.pk).update(revised_by=user("editor"), revised_at=timezone.now())

    assert rewritten(state, duplicated(blocks_of(state))).revised_at is not None


def test_words_that_were_translated_in_two_ways_are_offered_and_not_filled(state):
    state = rewritten(state, body("Deux bus.", "Deux bus.", "Un."))
    one, two = [segment(state, f"body.{number}") for number in (0, 1)]
    write_all(state, {one: "Two coaches.", two: "Two buses."}, user())

    state = rewritten(state, body("Deux bus.", "Deux bus.", "Un.", "Deux bus."))

    row = next(row for row in build_rows(state, {}, {}) if row.segment.path == "body.3")
    assert row.text == ""
    assert row.previous_text in ("Two coaches.", "Two buses.")


def test_the_same_words_in_another_kind_of_field_are_offered_and_not_filled(state):
    state = rewritten(state, [*blocks_of(state), {"type": "heading", "id": "h", "value": "Deux bus."}])

    row = next(row for row in build_rows(state, {}, {}) if row.segment.path == "body.h")
    assert (row.text, row.previous_text) == ("", "EN Deux bus.")
    assert not state.is_whole


def test_a_translation_with_an_error_is_neither_copied_nor_replaced(state):
    write(state, segment(state, "body.1"), "<b>Two.", user())
    state = rewritten(state, [*blocks_of(state), *made_anew(blocks_of(state)[1:])])
    assert [row.text for row in build_rows(state, {}, {}) if row.segment.source == "Deux bus."] == ["<b>Two.", ""]

    state = rewritten(state, body("Un bus. Il part.", "Un bus. Il part."))
    write(state, segment(state, "body.1"), "<b>One.", user())
    state = rewritten(state, body("Un bus. Il part.", "Un bus. Il part."))
    assert [row.text for row in build_rows(state, {}, {})][-2:] == ["EN Un bus. EN Il part.", "<b>One."]


def test_each_half_of_a_paragraph_is_offered_its_part_with_the_names_of_its_own_links(db):
    text = 'Lire <a href="https://a.example">cela</a>. Puis <a href="https://b.example">ceci</a>.'
    state = submit(article(*body(text)), "en")
    write_all(
        state,
        {
            segment(state, "title"): "Title",
            segment(state, "summary"): "Summary.",
            segment(state, "body.0"): 'Read <a id="a1">that</a>. Then <a id="a2">this</a>.',
        },
        user(),
    )
    state = rewritten(state, body(text.replace(". Puis", ".</p><p>Puis")))

    found = shown(state)
    assert found['Lire <a id="a1">cela</a>.'] == ("", 'Read <a id="a1">that</a>.')
    assert found['Puis <a id="a1">ceci</a>.'] == ("", 'Then <a id="a1">this</a>.')


def test_two_paragraphs_in_one_are_offered_both_translations(state):
    state = rewritten(state, body("Un bus. Il part. Deux bus."))
    assert shown(state)["Un bus. Il part. Deux bus."] == ("", "EN Un bus. EN Il part. EN Deux bus.")


def test_a_part_that_cannot_be_found_is_offered_the_whole(state):
    write(state, segment(state, "body.0"), "A bus which leaves.", user())
    state = rewritten(state, body("Un bus.</p><p>Il part.", "Deux bus."))

    found = shown(state)
    assert found["Un bus."] == found["Il part."] == ("", "A bus which leaves.")


def test_a_new_passage_is_offered_nothing(state):
    state = rewritten(state, [*blocks_of(state), {"type": "paragraph", "id": "n", "value": "<p>Des vivres.</p>"}])
    assert shown(state)["Des vivres."] == ("", "")


def test_a_po_file_offers_the_same_as_the_editor(state):
    state = rewritten(state, body("Un bus.</p><p>Il part.", "Deux bus."))
    file = polib.pofile(po.write(document.build_document(state)).decode())
    entry = next(entry for entry in file if entry.msgid == "Il part.")
    assert (entry.msgstr, entry.fuzzy) == ("EN Il part.", True)


def test_a_text_edited_while_detached_is_not_taken_for_the_translation_of_a_moved_passage(state):
    """The original of a detached translation changes before the translation is reattached."""
    publish(state)
    detach.detach(TranslationState.objects.get(pk=state.pk))
    page = NewsArticle.objects.get(pk=state.original_id)
    page.body = body("Deux bus.", "Deux bus.")
    republish(page)

    detach.reattach(TranslationState.objects.get(pk=state.pk))

    assert [one.target for one in segments.load_text(state.translation)][-2:] == 2 * ["EN Deux bus."]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Un. Deux ! Trois ? Quatre…", ["Un.", "Deux !", "Trois ?", "Quatre…"]),
        ("M. Diallo et Mme. Ba partent. Ils rient.", ["M. Diallo et Mme. Ba partent.", "Ils rient."]),
        ("The U.S. Navy came. It left.", ["The U.S. Navy came.", "It left."]),
        ("« Je pars. » Il rit. « Oui. »", ["« Je pars. »", "Il rit.", "« Oui. »"]),
        ("“I go.” He laughs.", ["“I go.”", "He laughs."]),
        ("Le <b>p. 3. Fin</b>. La suite.", ["Le <b>p. 3. Fin</b>.", "La suite."]),
        ("<b>Titre.</b> Suite.", ["<b>Titre.</b>", "Suite."]),
        ("Une ligne<br/>une autre", ["Une ligne", "une autre"]),
        ("2,5 millions. 3 pays. pas ici.", ["2,5 millions.", "3 pays. pas ici."]),
        ("A &amp; Bo. C", ["A &amp; Bo.", "C"]),
        ("", []),
    ],
)
def test_sentences_are_cut_where_people_end_them_and_in_no_tag(text, expected):
    assert sentences(text) == expected


def test_texts_with_different_numbers_of_sentences_have_no_sentence_pairs():
    assert sentence_pairs("Un. Deux.", "One. Two.") == [("Un.", "One."), ("Deux.", "Two.")]
    assert sentence_pairs("Un. Deux.", "One and two.") == []


def test_links_that_the_passage_does_not_have_are_left_out():
    assert adapt_links('See <a id="a1">it</a>', 'Voir <a id="a1">là</a>', "Voir là") == "See it"
