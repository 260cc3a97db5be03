"""The entries of the translation memory: the translations that readers have now, and imported archives."""

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale

from iom.navigation.tests.pairs import restrict
from iom.publishing import jobs
from iom.tests.factories import ArticleFactory
from iom.translation.memory import entries
from iom.translation.memory.entries import Pair
from iom.translation.models import MemoryArchive, MemoryEntry, MemoryGram
from iom.translation.tests.desk import body, prefill, publish, republish, submit, translated
from iom.translation.tests.screen import segment
from iom.translation.workflow import writing
from iom.withdrawal import withdrawing
from newsroom.models import NewsArticle

WORDS = "Les migrants ont reçu une aide d’urgence."
ENGLISH = "Migrants received emergency aid."


def exported_pairs():
    """The pairs that are offered from French into English."""
    french, english = (Locale.objects.get(language_code=code) for code in ("fr", "en"))
    return {(pair.source, pair.target) for pair in entries.export_pairs(french, english)}


def store_in_memory():
    jobs.run(kinds=[entries.STORE_TRANSLATION])


def write(state, path, text):
    writing.write(state, segment(state, path), text, None)


@pytest.fixture
def original(db):
    return republish(ArticleFactory(title="Titre de test", summary="Résumé de test.", body=body(WORDS)))


@pytest.fixture
def state(original):
    counterpart = NewsArticle(title="Test title", summary="Test summary.", body=body(ENGLISH))
    state, _page = translated(original, counterpart)
    store_in_memory()
    return state


def test_a_translation_is_kept_once_it_is_published(original):
    state = submit(original, "en")
    prefill(state, original, NewsArticle(title="Test title", summary="Test summary.", body=body(ENGLISH)))
    store_in_memory()
    assert (WORDS, ENGLISH) not in exported_pairs()
    publish(state)
    store_in_memory()
    assert exported_pairs() >= {(WORDS, ENGLISH), ("Titre de test", "Test title")}


def test_translations_older_than_the_memory_are_found(state):
    MemoryEntry.objects.filter(translation=state.pk).delete()
    type(state).objects.filter(pk=state.pk).update(memory_digest="")
    jobs.enqueue_missing([entries.STORE_TRANSLATION])
    store_in_memory()
    assert (WORDS, ENGLISH) in exported_pairs()
    assert str(state.pk) not in map(str, jobs.handlers[entries.STORE_TRANSLATION].missing())


@pytest.mark.parametrize("runs_job", [True, False])
def test_a_corrected_translation_replaces_the_one_before(state, runs_job):
    write(state, "body.0", "Migrants were given emergency aid.")
    publish(state)
    if runs_job:
        store_in_memory()
    assert (WORDS, ENGLISH) not in exported_pairs()
    assert ((WORDS, "Migrants were given emergency aid.") in exported_pairs()) == runs_job


def test_a_passage_that_the_original_no_longer_contains_is_not_offered(original, state):
    original.body = body("Autre chose a été écrit.")
    republish(original)
    assert (WORDS, ENGLISH) not in exported_pairs()
    assert ("Titre de test", "Test title") in exported_pairs()


def unpublish(page):
    page.unpublish()


def expire(page):
    NewsArticle.objects.filter(pk=page.pk).update(expire_at=timezone.now())


def withdraw(page):
    withdrawing.withdraw(page, None, "public", {"fr": "Erreur.", "en": "Error."})


@pytest.mark.parametrize("take", [unpublish, expire, withdraw, restrict, NewsArticle.delete])
def test_a_translation_that_readers_cannot_see_is_not_offered(original, state, take):
    assert (WORDS, ENGLISH) in exported_pairs()
    take(NewsArticle.objects.get(pk=original.pk))
    assert (WORDS, ENGLISH) not in exported_pairs()


def test_an_archive_is_offered_whole_and_each_wording_once(state):
    french, english = (Locale.objects.get(language_code=code) for code in ("fr", "en"))
    archive = MemoryArchive.objects.create(name="Archives")
    both = [Pair(french, english, "Une phrase d’archive.", "A sentence of an archive.")] * 2
    assert entries.import_pairs(archive, [*both, Pair(french, english, "Sans", " ")]) == 2
    found = [one.source for one in entries.export_pairs(french, english)]
    assert found.count("Une phrase d’archive.") == 1


def test_no_gram_leads_to_more_texts_than_a_look_up_reads(db, monkeypatch):
    monkeypatch.setattr(entries, "MAX_TEXTS_PER_GRAM", 3)
    french, english = (Locale.objects.get(language_code=code) for code in ("fr", "en"))
    archive = MemoryArchive.objects.create(name="Archives")
    numbered = [Pair(french, english, f"Communiqué {number}", f"Release {number}") for number in range(9)]
    entries.import_pairs(archive, numbered[:5])
    entries.import_pairs(archive, numbered[5:])
    grams = list(MemoryGram.objects.values_list("gram", flat=True))
    assert max(map(grams.count, grams)) == 3


def test_a_text_that_is_gone_leaves_no_grams(original, state):
    before = MemoryGram.objects.count()
    write(state, "body.0", ENGLISH)
    original.body = body("Autre chose a été écrit.")
    state, _page = submit(republish(original), "en"), None
    write(state, "body.0", "Something else was written.")
    publish(state)
    store_in_memory()
    keys = set(MemoryEntry.objects.values_list("key", flat=True))
    assert set(MemoryGram.objects.values_list("key", flat=True)) <= keys
    assert before


def test_the_memory_is_rebuilt(state, capsys):
    french, english = (Locale.objects.get(language_code=code) for code in ("fr", "en"))
    archive = MemoryArchive.objects.create(name="Archives")
    entries.import_pairs(archive, [Pair(french, english, "Une phrase d’archive.", "A sentence of an archive.")])
    before, found = exported_pairs(), set(MemoryGram.objects.values_list("key", flat=True))
    MemoryGram.objects.all().delete()
    MemoryEntry.objects.filter(translation=state.pk).delete()
    call_command("rebuild_memory")
    assert exported_pairs() >= before
    assert set(MemoryGram.objects.values_list("key", flat=True)) == found
    assert "in the translation memory" in capsys.readouterr().out
