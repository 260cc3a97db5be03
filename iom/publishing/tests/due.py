"""Helpers that create pages with due actions."""

from datetime import timedelta

from django.utils import timezone
from wagtail.models import Page, Revision

from iom.tests.factories import ArticleFactory
from newsroom.models import NewsArticle

AGO = timedelta(minutes=5)


def due_article(**fields):
    """Creates a draft whose scheduled time has come."""
    article = ArticleFactory(live=False, **fields)
    return article, make_due(article.save_revision(user=article.owner))


def make_due(revision, ago=AGO):
    """Changes a revision as if it had been scheduled for a time in the past."""
    moment = timezone.now() - ago
    revision.content["go_live_at"] = moment.isoformat()
    revision.approved_go_live_at = moment
    revision.save()
    return revision


def break_revision(revision):
    """Gives the revision a title that is too long, so that its publication is refused."""
    Revision.objects.filter(pk=revision.pk).update(content=revision.content | {"title": "x" * 300})


def expired_article(**fields):
    article = ArticleFactory(**fields)
    NewsArticle.objects.filter(pk=article.pk).update(expire_at=timezone.now() - AGO)
    return article


def is_live(page):
    return Page.objects.get(pk=page.pk).live
