"""What the translation memory keeps: what readers have now, and what was imported."""

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Locale

from iom.navigation.tests.pairs import restrict
from iom.publishing import jobs
from iom.tests.factories import ArticleFactory
from iom.translation.memory import pairs
from iom.translation.memory.pairs import Pair
from iom.translation.models import MemoryArchive, MemoryEntry, MemoryGram
from iom.translation.tests.desk import body, prefill, publish, republish, submit, translated
from iom.translation.tests.screen import segment
from iom.translation.workflow import writing
from iom.withdrawal import withdrawing
from newsroom.models import NewsArticle

WORDS = "Les migrants ont reçu une aide d’urgence."
ENGLISH = "Migrants received emergency aid."


def offered():
    """The pairs that are offered, of French into English."""
    french, english = (Locale.objects.get(language_code=code) for code in ("fr", "en"))
    return {(pair.source, pair.target) for pair in pairs.export_pairs(french, english)}


def keep():
    jobs.run(kinds=[pairs.REMEMBER])


def write(state, path, text):
    writing.write(state, segment(state, path), text, None)


@pytest.fixture
def original(db):
    return republish(ArticleFactory(title="Titre de test", summary="Résumé de test.", body=body(WORDS)))


@pytest.fixture
def state(original):
    counterpart = NewsArticle(title="Test title", summary="Test summary.", body=body(ENGLISH))
    state, _page = translated(original, counterpart)
    keep()
    return state


def test_a_translation_is_kept_once_it_is_published(original):
    state = submit(original, "en")
    prefill(state, original, NewsArticle(title="Test title", summary="Test summary.", body=body(ENGLISH)))
    keep()
    assert (WORDS, ENGLISH) not in offered()
    publish(state)
    keep()
    assert offered() >= {(WORDS, ENGLISH), ("Titre de test", "Test title")}


def test_what_was_translated_before_there_was_a_memory_is_found(state):
    MemoryEntry.objects.filter(translation=state.pk).delete()
    type(state).objects.filter(pk=state.pk).update(memory_digest="")
    jobs.enqueue_missing([pairs.REMEMBER])
    keep()
    assert (WORDS, ENGLISH) in offered()
    assert str(state.pk) not in map(str, jobs.handlers[pairs.REMEMBER].missing())


@pytest.mark.parametrize("runs_job", [True, False])
def test_a_corrected_translation_replaces_the_one_before(state, runs_job):
    write(state, "body.0", "Migrants were given emergency aid.")
    publish(state)
    if runs_job:
        keep()
    assert (WORDS, ENGLISH) not in offered()
    assert ((WORDS, "Migrants were given emergency aid.") in offered()) == runs_job


def test_what_the_original_does_not_say_any_more_is_not_offered(original, state):
    original.body = body("Autre chose a été écrit.")
    republish(original)
    assert (WORDS, ENGLISH) not in offered()
    assert ("Titre de test", "Test title") in offered()


def unpublish(page):
    page.unpublish()


def expire(page):
    NewsArticle.objects.filter(pk=page.pk).update(expire_at=timezone.now())


def withdraw(page):
    withdrawing.withdraw(page, None, "public", {"fr": "Erreur.", "en": "Error."})


@pytest.mark.parametrize("take", [unpublish, expire, withdraw, restrict, NewsArticle.delete])
def test_what_readers_do_not_have_is_not_offered(original, state, take):
    assert (WORDS, ENGLISH) in offered()
    take(NewsArticle.objects.get(pk=original.pk))
    assert (WORDS, ENGLISH) not in offered()


def test_an_archive_is_offered_as_it_is_and_a_wording_once(state):
    french, english = (Locale.objects.get(language_code=code) for code in ("fr", "en"))
    archive = MemoryArchive.objects.create(name="Archives")
    both = [Pair(french, english, "Une phrase d’archive.", "A sentence of an archive.")] * 2
    assert pairs.import_pairs(archive, [*both, Pair(french, english, "Sans", " ")]) == 2
    found = [one.source for one in pairs.export_pairs(french, english)]
    assert found.count("Une phrase d’archive.") == 1


def test_no_gram_leads_to_more_texts_than_a_look_up_reads(db, monkeypatch):
    monkeypatch.setattr(pairs, "CAP", 3)
    french, english = (Locale.objects.get(language_code=code) for code in ("fr", "en"))
    archive = MemoryArchive.objects.create(name="Archives")
    numbered = [Pair(french, english, f"Communiqué {number}", f"Release {number}") for number in range(9)]
    pairs.import_pairs(archive, numbered[:5])
    pairs.import_pairs(archive, numbered[5:])
    grams = list(MemoryGram.objects.values_list("gram", flat=True))
    assert max(map(grams.count, grams)) == 3


def test_a_text_that_is_gone_leaves_no_grams(original, state):
    before = MemoryGram.objects.count()
    write(state, "body.0", ENGLISH)
    original.body = body("Autre chose a été écrit.")
    state, _page = submit(republish(original), "en"), None
    write(state, "body.0", "Something else was written.")
    publish(state)
    keep()
    keys = set(MemoryEntry.objects.values_list("key", flat=True))
    assert set(MemoryGram.objects.values_list("key", flat=True)) <= keys
    assert before


def test_the_memory_is_made_again(state, capsys):
    french, english = (Locale.objects.get(language_code=code) for code in ("fr", "en"))
    archive = MemoryArchive.objects.create(name="Archives")
    pairs.import_pairs(archive, [Pair(french, english, "Une phrase d’archive.", "A sentence of an archive.")])
    before, found = offered(), set(MemoryGram.objects.values_list("key", flat=True))
    MemoryGram.objects.all().delete()
    MemoryEntry.objects.filter(translation=state.pk).delete()
    call_command("rebuild_memory")
    assert offered() >= before
    assert set(MemoryGram.objects.values_list("key", flat=True)) == found
    assert "in the translation memory" in capsys.readouterr().out
