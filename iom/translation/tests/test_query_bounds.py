"""The number of queries of a publication is the same for a short text and a long one."""

from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale, Site

from home.models import HomePage
from iom.publishing import jobs
from iom.publishing.models import Job
from iom.tests.factories import ArticleFactory
from iom.translation.models import TranslationState
from iom.translation.tests.desk import body, person, prefill, submit, translated
from iom.translation.tests.screen import segment
from iom.translation.workflow import publication, submission
from newsroom.models import NewsArticle

SHORT, LONG = 68, 137  # segments
USUAL = datetime(2026, 3, 2, 9, tzinfo=UTC)  # of a year in which there is news: the first of a year costs two more
LENGTHS = pytest.mark.parametrize("length", [SHORT, LONG])


@contextmanager
def at_most(number):
    """Asserts that the block makes at most `number` queries, without those for transactions."""
    with CaptureQueriesContext(connection) as captured:
        yield
    statements = statements_of(captured)
    assert len(statements) <= number, "\n".join([f"{len(statements)} instead of {number}:", *statements])


def statements_of(captured):
    return [
        query["sql"][:300]
        for query in captured.captured_queries
        if not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK"))
    ]


def text(length, word):
    """Returns the paragraphs of an article with that number of segments: title and summary are two."""
    return [f"{word} {number}." for number in range(length - 2)]


def published(length):
    """Returns a published original with that number of segments."""
    article = ArticleFactory(title="Titre", summary="Résumé.", body=body(*text(length, "Phrase")), date=USUAL)
    article.save_revision().publish()
    return NewsArticle.objects.get(pk=article.pk)


def counterpart(length):
    return NewsArticle(title="Title", summary="Summary.", body=body(*text(length, "Sentence")))


def draft_with_a_changed_sentence(article, length):
    draft = article.get_latest_revision().as_object()
    draft.body = body("Autre chose.", *text(length, "Phrase")[1:])
    return draft


@LENGTHS
def test_an_original_is_published(db, length):
    original = published(length)
    state, _page = translated(original, counterpart(length))
    draft, officer = draft_with_a_changed_sentence(original, length), person("officer")
    with at_most(7):  # one for the files that drafts of the page refer to
        revision = draft.save_revision(user=officer)
    with at_most(62):  # one asks the memory for what is missing, one for the names that are not translated
        revision.publish(user=officer)
    state.refresh_from_db()
    assert (state.total, state.missing) == (length, 1)


@LENGTHS
def test_a_translation_is_published(db, length):
    original = published(length)
    state = submit(original, "en")
    prefill(state, original, counterpart(length))
    translator = person("translator.en")
    with at_most(62):  # one enqueues the job of the memory
        publication.publish(state, translator)
    assert NewsArticle.objects.get(pk=state.page_id).live


@LENGTHS
def test_the_editors_button_publishes_a_translation(sign_in, length):
    original = published(length)
    state = submit(original, "en")
    prefill(state, original, counterpart(length))
    client = sign_in("translator.en")
    Site.get_site_root_paths()  # kept in the cache for an hour
    with at_most(105):  # of them 9 for the warnings that the text still has
        client.post(reverse("wagtailadmin_pages:edit", args=[state.page_id]), {"action": "publish"})
    assert NewsArticle.objects.get(pk=state.page_id).live


@LENGTHS
def test_a_segment_is_saved(sign_in, length):
    state = submit(published(length), "en")
    title = segment(state, "title")
    address = reverse("translation_segment", args=[state.pk, title.pk])
    client = sign_in("translator.en")
    with at_most(27):
        assert client.post(address, {"text": "Title"}).json()["is_saved"]


def test_the_home_page_is_submitted_and_its_sections_follow(db, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("es", "Español")]
    home, spanish = HomePage.objects.get(locale__language_code="fr"), Locale.objects.create(language_code="es")
    with at_most(72):
        submission.submit(home, spanish, person("editor"))
    assert TranslationState.objects.filter(locale=spanish).count() == 1
    waiting = Job.objects.filter(kind=submission.SUBMIT).count()
    assert waiting == home.get_children().live().count()
    with at_most(80 * waiting):
        for job in Job.objects.filter(kind=submission.SUBMIT):
            submission.submit_page_below(job.key)
    jobs.run(kinds=[submission.SUBMIT])
    french = TranslationState.objects.filter(locale__language_code="en", original__page__live=True)
    spanish_keys = TranslationState.objects.filter(locale=spanish).values_list("original__translation_key", flat=True)
    assert set(french.values_list("original__translation_key", flat=True)) <= set(spanish_keys)
