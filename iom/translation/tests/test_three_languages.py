"""A third language, in which readers have no newsroom yet: what it does not hold back, and what is not said of it."""

from datetime import timedelta

import pytest

from iom.tests.new_languages import with_draft_of_newsroom
from iom.translation.models import Message, TranslationState
from iom.translation.tests.joint import Clock, ask_to_publish, live, marked_article, scheduler, translate


@pytest.fixture
def newsroom(db):
    """That of the third language, a draft."""
    with with_draft_of_newsroom("es") as page:
        yield page


def languages_told_of(kind):
    return set(Message.objects.filter(kind=kind).values_list("state__locale__language_code", flat=True))


def test_texts_that_are_published_together_do_not_await_it_and_it_is_not_said_to_be_published(newsroom, monkeypatch):
    clock, article = Clock(monkeypatch), marked_article()
    ask_to_publish(article, go_live_at=clock() + timedelta(hours=3))
    assert TranslationState.objects.filter(original=article.pk).count() == 2
    clock(hours=2, minutes=30)
    scheduler()
    assert languages_told_of(Message.Kind.AWAITED_SOON) == {"en"}
    translate(article)
    clock(hours=1)
    scheduler()
    assert live(article).count(True) == 2
    assert languages_told_of(Message.Kind.DONE) == {"en"}
