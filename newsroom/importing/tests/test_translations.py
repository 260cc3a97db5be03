"""A file and its translation are imported as an article and its translation."""

import pytest
from wagtail_localize.models import StringTranslation, Translation

from iom.translation.content.segments import load_text
from iom.translation.models import Message, TranslationState
from iom.translation.workflow import writing
from newsroom.importing.tests.site import ENGLISH, FRENCH, UNDATED, article, run, write_manifest
from newsroom.importing.translations import align_blocks

pytestmark = pytest.mark.django_db

LINES = {"file": "a-en.txt", "locale": "en", "translation_of": "b-fr.txt", "old_address": "/old/en"}
FRENCH_LINE = {"file": "b-fr.txt", "locale": "fr", "old_address": "/old/fr"}


@pytest.fixture
def folder(tmp_path):
    """A folder in which the translation precedes its original."""
    (tmp_path / "a-en.txt").write_text(ENGLISH)
    (tmp_path / "b-fr.txt").write_text(FRENCH)
    write_manifest(tmp_path, LINES, FRENCH_LINE)
    return tmp_path


def pair(folder, **options):
    """Imports the folder. Returns the report's lines of the French and the English file."""
    lines = {line["locale"]: line for line in run(folder, manifest=folder / "manifest.csv", **options)}
    return lines["fr"], lines["en"]


def words(line):
    state = TranslationState.objects.get(page=line["page"])
    return {segment.source: segment.target for segment in load_text(state.translation)}


def test_a_pair_is_an_article_and_its_translation_with_all_segments_filled(folder):
    french, english = pair(folder)

    assert (french["status"], english["status"]) == ("created", "created")
    assert article(french).translation_key == article(english).translation_key
    translation = Translation.objects.get(source__object_id=article(french).translation_key)
    assert translation.target_locale.language_code == "en"
    assert words(english)["Le puits de Mao rouvre"] == "The well of Mao reopens"
    assert words(english)["Tchad"] == "Chad"
    assert words(english)["coordonnatrice de l’entraide"] == "coordinator of the relief"
    assert None not in words(english).values()
    assert not article(french).live
    assert not article(english).live


def test_a_published_pair_is_live_in_both_languages_with_what_it_shares(folder):
    messages = Message.objects.count()

    french, english = pair(folder, publish=True)

    page = article(english)
    assert article(french).live
    assert page.live
    assert (page.title, page.place, page.slug) == ("The well of Mao reopens", "Chad", "the-well-of-mao-reopens")
    assert (page.date, page.kind, page.scope) == (article(french).date, "press-release", "national")
    assert [row.contact.name for row in page.contacts.all()] == ["Paul Renard"]
    assert page.body[2].value["text"] == "We waited three years for this water"
    assert TranslationState.objects.get(page=page.pk).step == TranslationState.Step.TRANSLATED
    assert Message.objects.count() == messages


def test_each_old_address_leads_to_the_page_in_its_language(folder, visitor):
    french, english = pair(folder, publish=True)

    assert visitor.get("/old/fr").url == article(french).url
    assert visitor.get("/old/en").url == article(english).url


def test_a_second_run_changes_nothing(folder):
    first = pair(folder, publish=True)

    second = pair(folder, publish=True)

    assert [line["status"] for line in second] == ["unchanged", "unchanged"]
    assert [line["page"] for line in second] == [line["page"] for line in first]


def test_drafts_are_published_in_both_languages_by_a_later_run(folder):
    pair(folder)

    lines = pair(folder, publish=True)

    assert [line["status"] for line in lines] == ["updated", "updated"]
    assert all(article(line).live for line in lines)


def test_a_passage_without_a_counterpart_waits_for_a_translator_and_its_words_are_reported(folder):
    extra = "The mayor, Brahim Saleh, thanked the 12 masons of the town."
    (folder / "a-en.txt").write_text(ENGLISH.replace("\n\nMore than", f"\n\n{extra}\n\nMore than"))
    (folder / "b-fr.txt").write_text(
        FRENCH.replace(
            "\n\n« Nous", "\n\nLes travaux, longs et difficiles, ont été menés par les habitants.\n\n« Nous"
        )
    )

    french, english = pair(folder, publish=True)

    assert article(french).live
    assert not article(english).live
    filled = words(english)
    assert filled["Plus de 300 familles y prennent leur eau chaque jour."].startswith("More than 300 families")
    assert filled["Les travaux, longs et difficiles, ont été menés par les habitants."] is None
    assert extra in [left["text"] for left in english["left_out"]]
    assert any("1" in note for note in english["notes"])


def test_a_changed_translation_is_written_anew_until_someone_works_on_it(folder):
    _french, english = pair(folder)
    (folder / "a-en.txt").write_text(ENGLISH.replace("every day", "each day"))
    assert pair(folder)[1]["status"] == "updated"
    assert "each day" in words(english)["Plus de 300 familles y prennent leur eau chaque jour."]

    state = TranslationState.objects.get(page=english["page"])
    segment = load_text(state.translation)[0]
    writing.write_all(state, {segment: "Someone’s own words"}, None)
    (folder / "a-en.txt").write_text(ENGLISH.replace("every day", "daily"))

    line = pair(folder)[1]

    assert (line["status"], line["page"]) == ("skipped", english["page"])
    assert "Someone’s own words" in words(english).values()


def test_an_unconfirmed_memory_match_does_not_count_as_an_edit(folder):
    _french, english = pair(folder)
    state = TranslationState.objects.get(page=english["page"])
    segment = load_text(state.translation)[0]
    writing.write_all(state, {segment: "What the memory offers"}, None)
    StringTranslation.objects.filter(translation_of=segment.string_id, context=segment.context_id).update(
        translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE
    )
    (folder / "a-en.txt").write_text(ENGLISH.replace("every day", "daily"))

    assert pair(folder)[1]["status"] == "updated"
    assert "What the memory offers" not in words(english).values()


def test_a_changed_original_updates_its_translation(folder):
    pair(folder)
    (folder / "b-fr.txt").write_text(FRENCH.replace("chaque jour", "tous les jours"))

    french, english = pair(folder)

    assert (french["status"], english["status"]) == ("updated", "updated")
    assert words(english)["Plus de 300 familles y prennent leur eau tous les jours."].startswith("More than")


def test_a_published_pair_of_which_both_files_are_corrected_is_updated_in_both_languages(folder):
    pair(folder, publish=True)
    (folder / "b-fr.txt").write_text(FRENCH.replace("300", "400"))
    (folder / "a-en.txt").write_text(ENGLISH.replace("300", "400"))

    french, english = pair(folder, publish=True)

    assert (french["status"], english["status"]) == ("updated", "updated")
    assert all("400" in str(article(line).body) for line in (french, english))


def test_an_undated_original_is_not_published_and_its_translation_waits_for_it(folder):
    (folder / "b-fr.txt").write_text(UNDATED)

    lines = run(folder, manifest=folder / "manifest.csv", publish=True)

    assert [line["status"] for line in lines] == ["skipped", "skipped"]
    assert all(line["why"] and line["page"] is None for line in lines)


def test_a_translation_of_a_missing_original_fails(tmp_path):
    (tmp_path / "a-en.txt").write_text(ENGLISH)
    write_manifest(tmp_path, LINES)

    (line,) = run(tmp_path, manifest=tmp_path / "manifest.csv", status=1)

    assert line["status"] == "failed"
    assert line["why"]


def test_a_translation_in_the_language_of_its_original_fails(folder):
    write_manifest(folder, LINES | {"locale": ""}, FRENCH_LINE)
    (folder / "a-en.txt").write_text(FRENCH.replace("Mao", "Moussoro"))

    lines = run(folder, manifest=folder / "manifest.csv", status=1)

    assert [line["status"] for line in lines] == ["created", "failed"]


def test_contacts_and_dates_that_differ_in_the_translation_are_noted(folder):
    (folder / "a-en.txt").write_text(ENGLISH.replace("4 May", "5 May").replace("Paul Renard", "Ann Bee"))

    notes = " ".join(pair(folder)[1]["notes"])

    assert "Ann Bee" in notes
    assert "5 mai 2001" in notes


def block(kind, value):
    return {"type": kind, "value": value, "id": value if isinstance(value, str) else value["text"]}


def paragraph(text):
    return block("paragraph", f"<p>{text}</p>")


def test_texts_built_alike_correspond_block_by_block():
    ours = [paragraph("Un."), block("heading", "Deux"), paragraph("Trois " * 40)]
    theirs = [paragraph("One."), block("heading", "Two"), paragraph("Three")]

    assert align_blocks(ours, theirs) == [(0, 0), (1, 1), (2, 2)]


def test_blocks_correspond_by_kind_length_figures_and_names():
    ours = [
        paragraph("En 2001, Awa Doumbé a ouvert 12 puits à Moussoro."),
        paragraph("Personne ne sait encore quand viendra la pluie."),
        block("heading", "La suite"),
    ]
    theirs = [
        paragraph(
            "A sentence that stands in the translation only, and is a long one: it goes on and on, for no reason."
        ),
        paragraph("In 2001, Awa Doumbé opened 12 wells in Moussoro."),
        block("heading", "What follows"),
        block("quote", {"text": "Rain", "speaker": "", "role": ""}),
    ]

    assert (0, 1) in align_blocks(ours, theirs)
    assert (1, 0) not in align_blocks(ours, theirs)


def test_texts_built_alike_correspond_although_their_passages_are_little_alike():
    """Each of the two paragraphs is as long as the other one of the original."""
    long, short = "mot " * 30, "mot " * 20
    ours = [paragraph("Un."), paragraph(long), paragraph(f"{short}a"), block("heading", "Fin")]
    theirs = [paragraph("One."), paragraph(short), paragraph(f"{long}a"), block("heading", "End")]
    assert align_blocks(ours, theirs) == [(place, place) for place in range(4)]
