"""Helpers for tests of joint publication: what officer, translator and scheduler do."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page

from iom.publishing import schedule
from iom.tests.factories import ArticleFactory
from iom.translation.models import Message, TranslationState
from iom.translation.tests.desk import body, person, prefill
from iom.translation.workflow import submission
from iom.translation.workflow.publication import publish
from newsroom.models import NewsArticle

TITLE, ENGLISH = "Zibeline au Sahel", "Sable in the Sahel"


def counterpart(*paragraphs):
    return NewsArticle(title=ENGLISH, summary="Summary.", body=body(*paragraphs or ["One."]))


def marked_article():
    """Returns a draft that is marked for joint publication."""
    Message.objects.all().delete()  # of the demonstration's texts
    return ArticleFactory(
        title=TITLE, summary="Résumé.", body=body("Un."), live=False, published_together=True, owner=person("officer")
    )


class Clock:
    """A clock that tests set forward: `clock(minutes=5)`."""

    def __init__(self, monkeypatch):
        self.now = timezone.now()
        monkeypatch.setattr(timezone, "now", lambda: self.now)

    def __call__(self, **period):
        self.now += timedelta(**period)
        return self.now


def ask_to_publish(article, user="officer", go_live_at=None):
    """Publishes the latest draft, as the editor's button and other ways to publish do."""
    article = NewsArticle.objects.get(pk=article.pk).get_latest_revision_as_object()
    article.go_live_at = go_live_at
    article.save_revision(user=person(user)).publish(user=person(user))
    return NewsArticle.objects.get(pk=article.pk)


def english(article):
    return TranslationState.objects.get(original=article.pk, locale__language_code="en")


def translate(article, *paragraphs):
    """Translates the article and publishes the translation; returns whether it is live."""
    state = english(article)
    draft = submission.text_to_translate(NewsArticle.objects.get(pk=article.pk))
    prefill(state, draft, counterpart(*paragraphs))
    state.refresh_from_db()
    return publish(state, person("translator.en"))


def scheduler():
    """Runs the scheduler once."""
    schedule.publish_due()


def live(article):
    """Returns whether the original and the translation are live."""
    pages = Page.objects.filter(translation_key=article.translation_key).order_by("pk")
    return [page.live for page in pages]


def notified(kind):
    return {message.recipient.email.split("@")[0] for message in Message.objects.filter(kind=kind, sent_at=None)}
