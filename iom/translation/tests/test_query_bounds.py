"""How much of the database a publication asks for, however long the text."""

import re
import time
from collections import Counter
from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Locale, Page

from iom.tests.factories import ArticleFactory
from iom.translation import publication, submission
from iom.translation.fill import fill
from iom.translation.tests.desk import body, submit, translated
from iom.users.models import User
from newsroom.models import NewsArticle
from home.models import HomePage

LENGTHS = [68, 136]


@contextmanager
def at_most(number):
    with CaptureQueriesContext(connection) as captured:
        start = time.perf_counter()
        yield
        took = time.perf_counter() - start
    statements = [query["sql"] for query in captured.captured_queries]
    real = [s for s in statements if not s.startswith(("SAVEPOINT", "RELEASE"))]
    shapes = Counter(
        re.sub(r"\s+", " ", re.sub(r"'[^']*'|\b\d+\b", "?", s))[: int(__import__("os").environ.get("W", 150))]
        for s in real
    )
    if __import__("os").environ.get("FULL"):
        import traceback
    print(len(statements), len(real), f"{took:.3f}")
    for s, n in shapes.most_common(int(__import__("os").environ.get("M", 40))):
        print(f"{n:4} {s}")


def paragraphs(number, language):
    return [f"{language} {n}." for n in range(number - 2)]


def article(number):
    """A published article with its published translation, of so many segments."""
    original = ArticleFactory(title="Titre", summary="Résumé.", body=body(*paragraphs(number, "Phrase")))
    original.save_revision().publish()
    original = NewsArticle.objects.get(pk=original.pk)
    counterpart = NewsArticle(title="Title", summary="Summary.", body=body(*paragraphs(number, "Sentence")))
    state, page = translated(original, counterpart)
    return NewsArticle.objects.get(pk=original.pk), state, page


@pytest.mark.parametrize("number", LENGTHS)
def test_original(db, number):
    original, state, _page = article(number)
    print("SEGMENTS", state.total)
    texts = paragraphs(number, "Phrase")
    texts[7] = "Autre chose."
    draft = original.get_latest_revision().as_object()
    draft.body = body(*texts)
    user = User.objects.get(email="officer@example.org")
    with at_most(60):
        revision = draft.save_revision(user=user)
        revision.publish(user=user)


@pytest.mark.parametrize("number", LENGTHS)
def test_translation(db, number):
    original = ArticleFactory(title="Titre", summary="Résumé.", body=body(*paragraphs(number, "Phrase")))
    original.save_revision().publish()
    original = NewsArticle.objects.get(pk=original.pk)
    counterpart = NewsArticle(title="Title", summary="Summary.", body=body(*paragraphs(number, "Sentence")))
    state = submit(original, "en")
    fill(state, original, counterpart)
    user = User.objects.get(email="translator.en@example.org")
    with at_most(60):
        publication.publish(state, user)


def test_home(db):
    locale = Locale.objects.create(language_code="es")
    home = HomePage.objects.get(locale__language_code="fr")
    with at_most(200):
        submission.submit(home, locale)
