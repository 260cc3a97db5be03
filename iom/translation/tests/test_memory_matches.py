"""Pretranslation from the memory, its matches beside a passage, and the concordance."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation

from iom.publishing import gate, jobs
from iom.tests.factories import ArticleFactory
from iom.translation.content import segments
from iom.translation.memory import entries
from iom.translation.memory.entries import Pair
from iom.translation.models import MemoryArchive, TranslationState
from iom.translation.tests.desk import body, publish, republish, translated
from iom.translation.tests.screen import address, form, segment, written
from iom.translation.workflow import publication, writing
from iom.users.models import User
from newsroom.models import NewsArticle

SOURCE = "Les équipes de l’OIM ont distribué des abris à 4 500 familles déplacées."
TARGET = "IOM teams distributed shelters to 4,500 displaced families."
CHANGED = "Les équipes de l’OIM ont distribué des abris à 6 200 familles déplacées."


def publish_translations(*targets, source=SOURCE, before="Avant."):
    """Publishes a translated article with the sentence for each of `targets`, and yields the translations."""
    for number, target in enumerate(targets):
        title = f"Titre {number} {before}"
        original = republish(ArticleFactory(title=title, summary="Résumé connu.", body=body(before, source)))
        counterpart = NewsArticle(title=f"Title {title}", summary="Known summary.", body=body("Earlier.", target))
        yield translated(original, counterpart)[1]


@pytest.fixture
def article(db):
    return store_in_memory(publish_translations(TARGET))[0]


def store_in_memory(pages):
    found = list(pages)
    jobs.run(kinds=[entries.STORE_TRANSLATION])
    return found


def new(*paragraphs, title="Nouveau titre"):
    original = republish(ArticleFactory(title=title, summary="Nouveau résumé.", body=body(*paragraphs)))
    return TranslationState.objects.get(original=original.pk, locale__language_code="en")


def filled(state):
    return {row.path: row.target for row in state_text(state) if row.is_unconfirmed}


def state_text(state):
    return segments.load_text(state.translation)


def test_the_same_text_is_filled_in_and_counts_as_missing(article):
    state = new(SOURCE, CHANGED)
    assert filled(state) == {"body.0": TARGET}
    assert (state.unconfirmed, state.missing) == (1, 4)


def test_a_text_in_another_kind_of_field_is_not_filled_in(article):
    assert filled(new("Autre.", title=SOURCE)) == {}


def test_of_two_translations_the_one_after_the_same_passage_is_filled_in(db):
    store_in_memory([*publish_translations(TARGET), *publish_translations("IOM gave shelters.", before="Ailleurs.")])
    assert filled(new("Autrement.", SOURCE)) == {}
    assert filled(new("Ailleurs.", SOURCE))["body.1"] == "IOM gave shelters."


def test_an_archive_is_used_as_well(db):
    french, english = (Locale.objects.get(language_code=code) for code in ("fr", "en"))
    archive = MemoryArchive.objects.create(name="Archives de 2019")
    entries.import_pairs(archive, [Pair(french, english, SOURCE, TARGET, timezone.now())])
    assert filled(new(SOURCE)) == {"body.0": TARGET}


def test_withdrawn_or_corrected_translations_are_not_filled_in(article):
    article.unpublish()
    assert filled(new(SOURCE)) == {}


def translate_rest(state):
    """Translates everything except what the memory has filled in."""
    for path in untranslated_paths(state):
        writing.write(state, segment(state, path), "Words.", None)
    state.refresh_from_db()
    return state


def untranslated_paths(state):
    return [row.path for row in state_text(state) if row.target is None]


def test_nothing_goes_live_unconfirmed(article):
    state = translate_rest(new(SOURCE))
    assert (state.missing, state.step) == (1, "in-progress")
    with pytest.raises(publication.NotPublished, match="passage prérempli est encore à confirmer"):
        publication.publish(state)
    revision = state.page.specific.save_revision()
    with pytest.raises(gate.Refused):
        revision.publish()
    state.original.page.specific.save_revision().publish()
    assert not NewsArticle.objects.get(pk=state.page_id).live
    assert writing.confirm(state, [segment(state, "body.0").key], None)
    publish(state)
    assert NewsArticle.objects.get(pk=state.page_id).live


def test_a_passage_is_confirmed_or_changed_one_by_one(article, sign_in):
    state, client = translate_rest(new(SOURCE)), sign_in("translator.en")
    row = segment(state, "body.0")
    save = reverse("translation_segment", args=[state.pk, row.pk])
    shown = form(state)[f"seen-{row.key}"]
    assert client.post(save, {"text": TARGET, "seen": shown}).json()["unconfirmed"] == 1, "leaving it confirms nothing"
    answer = client.post(save, {"text": TARGET, "seen": shown, "confirm": "1"}).json()
    assert (answer["ok"], answer["is_translated"], answer["unconfirmed"]) == (True, True, 0)
    assert segment(state, "body.0").by == User.objects.get(email="translator.en@example.org").pk
    other = translate_rest(new("Autre.", SOURCE))
    client.post(address(other), form(other, {"body.1": "Typed."}))
    assert (filled(other), written(other)["body.1"]) == ({}, "Typed.")


def test_a_passage_that_was_filled_in_says_from_where_and_has_a_button_that_confirms_it(article, sign_in):
    state = translate_rest(new(SOURCE))
    html = sign_in("translator.en").get(address(state)).content.decode()
    assert "De la mémoire" in html
    assert article.title in html
    assert "data-confirm" in html


def test_all_are_confirmed_at_once_and_that_is_undone(article, sign_in):
    state, client = new(SOURCE, "Avant."), sign_in("translator.en")
    confirm = reverse("translation_confirm", args=[state.pk])
    before = filled(state)
    assert len(before) == 2
    shown = {"name": [row.key for row in state_text(state)]}
    answer = client.post(confirm, shown, headers={"X-Requested-With": "XMLHttpRequest"}).json()
    assert filled(state) == {}
    undone = {"undo": "1", "name": answer["names"]}
    assert client.post(confirm, undone, headers={"X-Requested-With": "XMLHttpRequest"}).json()["unconfirmed"] == 2
    assert filled(state) == before


def test_what_was_filled_in_since_the_editor_was_opened_is_not_confirmed_with_the_others(article, sign_in):
    state, client = new(SOURCE, "Avant."), sign_in("translator.en")
    confirm = reverse("translation_confirm", args=[state.pk])
    first, *others = filled(state)
    client.post(confirm, {"name": [segment(state, first).key]})
    assert list(filled(state)) == others
    client.post(confirm)
    assert list(filled(state)) == others


def offered(client, state, path):
    answer = client.get(reverse("translation_offers", args=[state.pk, segment(state, path).pk]))
    return answer.json()["offers"]


def test_a_close_text_is_offered_with_its_score_differences_page_and_date(article, sign_in):
    state, client = new(CHANGED), sign_in("translator.en")
    first = offered(client, state, "body.0")[0]
    assert first["text"] == TARGET
    assert 80 <= first["score"] < 100
    assert ["removed", "4 500"] in first["pieces"]
    assert ["added", "6 200"] in first["pieces"]
    assert (first["from"], first["url"]) == (article.title, article.full_url)
    assert first["at"]


def test_earlier_words_of_the_page_are_in_the_same_list(article, sign_in):
    state = TranslationState.objects.get(page=article.pk)
    original = state.original.page.specific
    original.body = body("Avant.", CHANGED)
    republish(original)
    texts = [(one["text"], one["from"]) for one in offered(sign_in("translator.en"), state, "body.1")]
    assert texts == [(TARGET, "Auparavant sur cette page")]


def test_a_text_that_is_unlike_everything_is_offered_nothing(article, sign_in):
    assert offered(sign_in("translator.en"), new("Un zèbre hexagonal murmure."), "body.0") == []


def test_a_large_memory_needs_no_more_queries(article, sign_in):
    french, english = (Locale.objects.get(language_code=code) for code in ("fr", "en"))
    state, client = new(CHANGED), sign_in("translator.en")
    offered(client, state, "body.0")

    def query_count():
        with CaptureQueriesContext(connection) as captured:
            assert len(offered(client, state, "body.0")) <= 9
        return len(captured)

    before = query_count()
    many = [Pair(french, english, SOURCE.replace("4 500", f"{n}"), f"{TARGET} {n}") for n in range(300)]
    entries.import_pairs(MemoryArchive.objects.create(name="Archives"), many)
    assert query_count() == before
    assert before <= 20


@pytest.mark.parametrize(
    ("query", "is_found"),
    [
        ("distribué abris", True),
        ("shelter", True),
        ("familles déplacés", True),
        ('"displaced families"', True),
        ("« familles déplacées »", True),
        ('"families displaced"', False),
        ("abris shelters", False),
        ("zèbre", False),
        ("le la les", False),
        ("!!", False),
        ("' OR \" AND ( NEAR *", False),
    ],
)
def test_the_memory_is_searched_in_both_languages(article, sign_in, query, is_found):
    html = sign_in("translator.en").get(reverse("translation_memory"), {"q": query}).content.decode()
    assert ("4,500" in html) == is_found
    assert (article.full_url in html) == is_found


def test_the_newest_are_found_first_and_each_wording_once(db, sign_in):
    store_in_memory([*publish_translations(TARGET, "IOM gave shelters.", TARGET)])
    answer = sign_in("translator.en").get(reverse("translation_memory"), {"q": '"4 500 familles"'})
    assert [one["entry"].target for one in answer.context["found"]] == [TARGET, "IOM gave shelters."]


def test_the_machine_readable_mark_is_localizes_own(article):
    new(SOURCE)
    row = StringTranslation.objects.get(translation_type="machine")
    assert (row.tool_name, row.last_translated_by) == ("memory", None)
