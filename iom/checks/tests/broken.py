"""For each check that refuses publication, an article that fails it."""

from datetime import timedelta

from django.utils import timezone

from iom.contacts.models import PressContact
from iom.core.tests import bodies
from iom.tests.factories import ArticleFactory, SiteImageFactory
from newsroom.models import ArticleContact, ImportedText, NewsArticle


def sound(language="fr", **values):
    """A live article that passes all checks."""
    page = NewsArticle.objects.get(pk=ArticleFactory(language=language, **values).pk)
    page.kind, page.contacts = page.Kind.PRESS_RELEASE, [ArticleContact(contact=PressContact.objects.first())]
    page.save()
    return NewsArticle.objects.get(pk=page.pk)


def ended():
    return SiteImageFactory(rights_until=timezone.localdate() - timedelta(days=1))


def _summary(page):
    page.summary = " "


def _date(page):
    ImportedText.objects.create(page_id=page.pk, file="old.txt", digest="0", metadata={}, report={})
    NewsArticle.objects.filter(pk=page.pk).update(date=None, first_published_at=None, live=False)
    page.date = page.first_published_at = None


def _contact(page):
    page.contacts = []


def _lead_picture(page):
    page.lead_picture, page.picture_alt = SiteImageFactory(), ""


def _picture_in_gallery(page):
    (gallery,) = bodies.body("gallery", "fr")
    gallery["value"]["pictures"][1]["value"] |= {"alt": "", "decorative": False}
    page.body = [gallery]


def _speaker(page):
    (quote,) = bodies.body("quote", "fr")
    quote["value"] |= {"speaker": "", "role": ""}
    page.body = [quote]


def _rights(page):
    page.lead_picture, page.picture_alt = ended(), "Une gare."


def _rights_in_text(page):
    (picture,) = bodies.body("picture", "fr")
    picture["value"]["image"] = ended().pk
    page.body = [picture]


def _embargo(page):
    page.go_live_at = timezone.now() - timedelta(minutes=5)
    NewsArticle.objects.filter(pk=page.pk).update(last_published_at=timezone.now() - timedelta(days=1))


# By the name of the check: what breaks it, and the field beside which it is said
BROKEN = {
    "summary": [(_summary, "summary")],
    "date": [(_date, "date")],
    "contact": [(_contact, "contacts")],
    "alternative_texts": [(_lead_picture, "picture_alt"), (_picture_in_gallery, "body")],
    "speakers": [(_speaker, "body")],
    "rights": [(_rights, "lead_picture"), (_rights_in_text, "body")],
    "embargo": [(_embargo, "go_live_at")],
}
ALL = [pair for pairs in BROKEN.values() for pair in pairs]
