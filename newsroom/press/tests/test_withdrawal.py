"""An archive is gone with the article, and with the right to anything in it."""

import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from iom.contacts.models import ContactSettings
from iom.media.models import SiteDocument
from iom.tests.addresses import LANGUAGES, article
from iom.tests.factories import ArticleFactory, PressContactFactory, SiteImageFactory
from newsroom.models import ArticleContact, Correction, NewsArticle, PressArchive
from newsroom.press import making
from newsroom.press.tests.archives import is_served, link, made, release

pytestmark = pytest.mark.django_db


def test_a_private_document_is_not_in_it():
    one = release()
    document = SiteDocument.objects.latest("pk")
    first = made(one)
    assert first.document_count == 1
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
    assert not PressArchive.objects.filter(pk=first.pk).exists()
    assert made(one).document_count == 0


def withdrawals() -> dict:
    """name → what takes the archive away."""

    def private(one):
        PageViewRestriction.objects.create(page=one, restriction_type="login")

    def private_above(one):
        PageViewRestriction.objects.create(page=one.get_parent(), restriction_type="login")

    def expired(one):
        NewsArticle.objects.filter(pk=one.pk).update(expire_at=timezone.now() - timedelta(seconds=1))

    def without_right(one):
        one.lead_picture.for_press = False
        one.lead_picture.save()

    def replaced(one):
        one.lead_picture.file = SiteImageFactory.build().file
        one.lead_picture.save()

    def corrected(one):
        one.corrections.add(Correction(date=timezone.localdate(), text="Le nombre était faux.", locale=one.locale))
        one.save_revision().publish()

    def moved(one):
        one.move(ArticleFactory().get_parent(), pos="first-child")

    return {
        "unpublished": lambda one: one.unpublish(),
        "expired": expired,
        "private": private,
        "private above": private_above,
        "deleted": lambda one: one.delete(),
        "moved": moved,
        "taken down without a signal": lambda one: NewsArticle.objects.filter(pk=one.pk).update(live=False),
        "published anew": lambda one: one.save_revision().publish(),
        "corrected": corrected,
        "a picture loses its right": without_right,
        "a picture is replaced": replaced,
        "a picture is deleted": lambda one: one.lead_picture.delete(),
        "a document is deleted": lambda one: SiteDocument.objects.latest("pk").delete(),
    }


@pytest.mark.parametrize("name", withdrawals())
def test_it_is_gone_the_moment_that(visitor, name, django_capture_on_commit_callbacks):
    one = release()
    archive = made(one)
    assert is_served(visitor, archive)
    with django_capture_on_commit_callbacks(execute=True):
        withdrawals()[name](NewsArticle.objects.get(pk=one.pk))
    assert not is_served(visitor, archive)
    with django_capture_on_commit_callbacks(execute=True):
        making.sweep()
    assert not Path(archive.file.path).exists(), "the file has gone as well"


def test_a_translation_goes_with_the_privacy_of_its_original(visitor):
    archives = [made(article("canada-25000-syrian-refugees", language)) for language in LANGUAGES]
    assert all(is_served(visitor, one) for one in archives)
    PageViewRestriction.objects.create(page=article("canada-25000-syrian-refugees", "fr"), restriction_type="login")
    assert not any(is_served(visitor, one) for one in archives)
    assert not PressArchive.objects.filter(pk__in=[one.pk for one in archives]).exists()


def test_nothing_is_made_of_what_visitors_may_not_see():
    now = timezone.now()
    private = article("border-posts-review", "fr")
    hidden = [
        ArticleFactory(live=False),
        ArticleFactory(live=False, go_live_at=now + timedelta(days=1)),
        ArticleFactory(expire_at=now - timedelta(seconds=1)),
        article("haiti-shelter-managers", "fr"),
        private,
        article("border-posts-review", "en"),
    ]
    assert not any(making.make(one.pk) for one in hidden)
    making.make_waiting()
    assert not PressArchive.objects.filter(article__in=hidden).exists()
    assert making.make_waiting() == 0


def test_a_correction_is_in_the_archive_made_after_it():
    one = release()
    first = made(one)
    one.corrections.add(Correction(date=timezone.localdate(), text="Le nombre était faux.", locale=one.locale))
    one.save_revision().publish()
    second = made(one)
    assert second.url != first.url
    assert "Le nombre était faux." in zipfile.ZipFile(second.file.path).read(f"{one.slug}.txt").decode()


def test_what_changes_while_it_is_made_makes_it_void(monkeypatch):
    one = release()
    pack = making.packing.pack

    def interrupted(*given):
        pack(*given)
        one.lead_picture.for_press = False
        one.lead_picture.save()

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(making.packing, "pack", interrupted)
        assert not making.make(one.pk)
    assert not PressArchive.objects.filter(article=one.pk).exists()
    assert not list(Path(one.lead_picture.file.storage.location).glob("press/*/*"))
    assert made(one).picture_count == 0


def test_whoever_leaves_is_no_longer_named_in_it(visitor):
    one, today = release(), timezone.localdate()
    contact = PressContactFactory(name="Ana Ruiz", email="ana@example.org", in_post_until=today)
    ArticleContact.objects.create(article=one, contact=contact)
    archive = made(one)
    assert "ana@example.org" in zipfile.ZipFile(archive.file.path).read(f"{one.slug}.txt").decode()
    PressArchive.objects.filter(pk=archive.pk).update(good_until=today - timedelta(days=1))  # the next morning
    assert not is_served(visitor, archive)
    assert link(visitor, one) == ""
    making.sweep()
    contact.in_post_until = today - timedelta(days=1)
    contact.save()
    assert b"ana@example.org" not in zipfile.ZipFile(made(one).file.path).read(f"{one.slug}.txt")


@pytest.mark.parametrize("what", ["contact", "office", "office above", "settings"])
def test_an_archive_follows_those_who_answer_the_press(what):
    one = release()
    contact = PressContactFactory()
    above = PressContactFactory().office
    contact.office.parent = above
    contact.office.save()
    ArticleContact.objects.create(article=one, contact=contact)
    made(one)
    {"contact": contact, "office": contact.office, "office above": above, "settings": ContactSettings.load()}[
        what
    ].save()
    assert not PressArchive.objects.filter(article=one.pk).exists()


def test_a_collection_that_becomes_private_takes_its_documents_along():
    one = release()
    document = SiteDocument.objects.latest("pk")
    root = Collection.get_first_root_node()
    document.collection = root.add_child(name="Notes")
    document.save()
    made(one)
    CollectionViewRestriction.objects.create(collection=root, restriction_type="login")
    assert not PressArchive.objects.filter(article=one.pk).exists()
