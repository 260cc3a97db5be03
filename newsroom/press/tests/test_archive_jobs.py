"""Events of an article, or of a page above it, enqueue the job for its archive at once."""

import pytest
from wagtail.models import PageViewRestriction

from iom.publishing import schedule
from iom.publishing.models import Job
from iom.publishing.tests.due import expired_article
from iom.tests.addresses import article
from iom.tests.factories import ArticleFactory
from newsroom.models import NewsArticle
from newsroom.press import builder

pytestmark = pytest.mark.django_db


def enqueued():
    return {int(key) for key in Job.objects.filter(kind=builder.JOB).values_list("key", flat=True)}


def hide(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def show(page):
    hide(page)
    Job.objects.all().delete()
    PageViewRestriction.objects.filter(page=page).first().delete()


EVENTS = {
    "published": lambda one: one.save_revision().publish(),
    "unpublished": lambda one: one.unpublish(),
    "moved": lambda one: one.move(one.get_parent().get_parent(), pos="last-child"),
    "made private": hide,
    "made public": show,
    "made private with its section": lambda one: hide(one.get_parent()),
    "made public with its section": lambda one: show(one.get_parent()),
}


@pytest.mark.parametrize("event", EVENTS)
def test_the_archive_is_rebuilt_when_its_article_is(event):
    one = NewsArticle.objects.get(pk=ArticleFactory().pk)
    Job.objects.all().delete()
    EVENTS[event](one)
    assert one.pk in enqueued()


def test_the_archive_is_rebuilt_when_the_article_has_expired():
    past = expired_article()
    Job.objects.all().delete()
    schedule.publish_due()
    assert past.pk in enqueued()


def test_a_page_of_another_type_has_no_archive():
    home = article("every-block", "fr").get_parent().get_parent()
    Job.objects.all().delete()
    home.specific.save_revision().publish()
    assert home.pk not in enqueued()
