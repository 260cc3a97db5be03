"""An archive is no longer served once its article, or anything in it, may no longer be public."""

import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from iom.contacts.models import ContactSettings, Office, OfficeName, PressContact
from iom.media.models import SiteDocument, SiteImage
from iom.tests.addresses import LANGUAGES, article
from iom.tests.factories import ArticleFactory, OfficeFactory, PressContactFactory, SiteImageFactory
from newsroom.models import ArticleContact, Correction, NewsArticle, PressArchive
from newsroom.press import builder
from newsroom.press.tests.archives import build_archive, is_served, link, refresh, release

pytestmark = pytest.mark.django_db

CONTACT = "Ana Ruiz"


def test_a_private_document_is_not_in_the_archive():
    one = release()
    document = SiteDocument.objects.latest("pk")
    first = build_archive(one)
    assert first.document_count == 1
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")
    refresh(one)
    assert not PressArchive.objects.filter(pk=first.pk).exists()
    assert PressArchive.objects.get(article=one.pk).document_count == 0


def private_collection(parent=None):
    collection = (parent or Collection.get_first_root_node()).add_child(name="Notes")
    CollectionViewRestriction.objects.bulk_create(
        [CollectionViewRestriction(collection=collection, restriction_type="login")]
    )
    return collection


def withdrawals() -> dict:
    """name → what takes the archive away. Most of it sends no signal."""

    def private_in_bulk(one):
        PageViewRestriction.objects.bulk_create([PageViewRestriction(page=one, restriction_type="login")])

    def document_in_a_private_collection(one):
        SiteDocument.objects.all().update(collection=private_collection())

    def document_below_a_private_collection(one):
        SiteDocument.objects.all().update(collection=private_collection().add_child(name="Below"))

    def collection_moved(one):
        private = private_collection()
        collection = Collection.get_first_root_node().add_child(name="Public")
        SiteDocument.objects.all().update(collection=collection)
        collection.move(private, pos="sorted-child")

    def collection_restricted(one):
        restriction = CollectionViewRestriction(collection=SiteDocument.objects.latest("pk").collection)
        CollectionViewRestriction.objects.bulk_create([restriction])

    def contact_leaves(one):
        PressContact.objects.filter(name=CONTACT).update(in_post_until=timezone.localdate() - timedelta(days=1))

    def contact_is_replaced(one):
        PressContact.objects.filter(name=CONTACT).update(name="Someone else")

    def office_is_renamed(one):
        OfficeName.objects.filter(office__contacts__name=CONTACT).update(name="Un autre bureau")

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
        one.move(one.get_parent().get_parent(), pos="last-child")

    return {
        "private in bulk": private_in_bulk,
        "a document is moved into a private collection": document_in_a_private_collection,
        "a document is moved below a private collection": document_below_a_private_collection,
        "a collection is moved below a private one": collection_moved,
        "a collection is restricted in bulk": collection_restricted,
        "a contact leaves": contact_leaves,
        "a contact is replaced": contact_is_replaced,
        "an office is renamed": office_is_renamed,
        "all pictures lose their right": lambda one: SiteImage.objects.all().update(for_press=False),
        "a picture is credited otherwise": lambda one: SiteImage.objects.all().update(credit="© Agence"),
        "a passage is rewritten by a script": lambda one: NewsArticle.objects.filter(pk=one.pk).update(body=[]),
        "all documents are deleted": lambda one: SiteDocument.objects.all().delete(),
        "unpublished": lambda one: one.unpublish(),
        "expired": expired,
        "private": private,
        "private above": private_above,
        "deleted": lambda one: one.delete(),
        "moved": moved,
        "taken down without a signal": lambda one: NewsArticle.objects.filter(pk=one.pk).update(live=False),
        "corrected": corrected,
        "a picture loses its right": without_right,
        "a picture is replaced": replaced,
        "a picture is deleted": lambda one: one.lead_picture.delete(),
        "a document is deleted": lambda one: SiteDocument.objects.latest("pk").delete(),
    }


@pytest.mark.parametrize("name", withdrawals())
def test_the_archive_is_gone_the_moment_that(visitor, name, django_capture_on_commit_callbacks):
    one = release()
    ArticleContact.objects.create(article=one, contact=PressContactFactory(name=CONTACT))
    archive = build_archive(one)
    assert is_served(visitor, archive)
    with django_capture_on_commit_callbacks(execute=True):
        withdrawals()[name](NewsArticle.objects.get(pk=one.pk))
    assert not is_served(visitor, archive)
    with django_capture_on_commit_callbacks(execute=True):
        refresh(one)
    assert not Path(archive.file.path).exists(), "the file has gone as well"


def test_a_translation_goes_with_the_privacy_of_its_original(visitor):
    articles = [article("canada-25000-syrian-refugees", language) for language in LANGUAGES]
    archives = [build_archive(one) for one in articles]
    assert all(is_served(visitor, one) for one in archives)
    PageViewRestriction.objects.create(page=article("canada-25000-syrian-refugees", "fr"), restriction_type="login")
    assert not any(is_served(visitor, one) for one in archives)
    refresh(*articles)
    assert not PressArchive.objects.filter(article__in=articles).exists()


def test_no_archive_is_built_of_an_article_that_visitors_may_not_see():
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
    assert not any(builder.build(one.pk) for one in hidden)
    assert not {one.pk for one in hidden} & set(builder.find_outdated())
    for one in hidden:
        builder.rebuild(str(one.pk))
    assert not PressArchive.objects.filter(article__in=hidden).exists()


def test_a_correction_is_in_the_archive_made_after_it():
    one = release()
    first = build_archive(one)
    one.corrections.add(Correction(date=timezone.localdate(), text="Le nombre était faux.", locale=one.locale))
    one.save_revision().publish()
    refresh(one)
    second = PressArchive.objects.get(article=one.pk)
    assert second.url != first.url
    assert "Le nombre était faux." in zipfile.ZipFile(second.file.path).read(f"{one.slug}.txt").decode()


def test_a_change_during_the_build_makes_the_archive_void(visitor, monkeypatch):
    one = release()
    pack = builder.write_zip

    def interrupted(*given):
        pack(*given)
        SiteImage.objects.filter(pk=one.lead_picture.pk).update(for_press=False)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(builder, "write_zip", interrupted)
        assert not is_served(visitor, build_archive(one))
    refresh(one)
    assert PressArchive.objects.get(article=one.pk).picture_count == 0


def test_a_withdrawal_during_the_build_leaves_no_file(monkeypatch):
    one = release()
    pack = builder.write_zip

    def interrupted(*given):
        pack(*given)
        one.unpublish()
        refresh(one)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(builder, "write_zip", interrupted)
        assert not builder.build(one.pk)
    assert not PressArchive.objects.filter(article=one.pk).exists()
    assert not list(Path(one.lead_picture.file.storage.location).glob("press/*/*"))


def test_the_page_does_not_lead_to_an_archive_older_than_its_last_publication(visitor):
    one = release()
    build_archive(one)
    assert link(visitor, one)
    NewsArticle.objects.get(pk=one.pk).save_revision().publish()
    assert link(visitor, one) == ""


def test_a_contact_who_has_left_is_no_longer_in_the_archive(visitor, monkeypatch):
    one, today = release(), timezone.localdate()
    contact = PressContactFactory(name=CONTACT, email="ana@example.org", in_post_until=today)
    ArticleContact.objects.create(article=one, contact=contact)
    archive = build_archive(one)
    assert "ana@example.org" in zipfile.ZipFile(archive.file.path).read(f"{one.slug}.txt").decode()
    with monkeypatch.context() as later:
        later.setattr("iom.contacts.models.press.today", lambda: today + timedelta(days=1))
        assert not is_served(visitor, archive)
        assert link(visitor, one)
        refresh(one)
        archive = PressArchive.objects.get(article=one.pk)
        assert archive.url.startswith(f"/-/press/{link(visitor, one)}")
        assert b"ana@example.org" not in zipfile.ZipFile(archive.file.path).read(f"{one.slug}.txt")


@pytest.mark.parametrize("what", ["contact", "office", "office above", "settings"])
def test_an_archive_follows_those_who_answer_the_press(visitor, what):
    one = release()
    above = OfficeFactory(email="above@example.org")
    contact = PressContactFactory(office=OfficeFactory(parent=above), in_post_until=timezone.localdate())
    ArticleContact.objects.create(article=one, contact=contact)
    if what != "contact":
        PressContact.objects.filter(pk=contact.pk).update(in_post_until=timezone.localdate() - timedelta(days=1))
    if what == "settings":
        Office.objects.filter(pk=above.pk).update(email="")
    archive = build_archive(one)
    assert is_served(visitor, archive)
    changes = {
        "contact": lambda: PressContact.objects.filter(pk=contact.pk).update(email="other@example.org"),
        "office": lambda: Office.objects.filter(pk=contact.office_id).update(email="office@example.org"),
        "office above": lambda: Office.objects.filter(pk=above.pk).update(email="other@example.org"),
        "settings": lambda: ContactSettings.objects.update(press_office=OfficeFactory(email="press@example.org")),
    }
    changes[what]()
    assert not is_served(visitor, archive)


def test_every_archive_is_checked_in_its_turn(monkeypatch):
    articles = [release() for _ in range(3)]
    archives = [build_archive(one) for one in articles]
    SiteImage.objects.all().update(credit="© Agence")
    monkeypatch.setattr(builder, "CHECKS_PER_RUN", 2)
    left = PressArchive.objects.filter(pk__in=[one.pk for one in archives])
    refresh(*articles)
    assert left.count() == 1
    refresh(*articles)
    assert left.count() == 0


def test_an_archive_that_cannot_be_checked_does_not_stop_the_other_checks(monkeypatch, caplog):
    broken, sound = build_archive(release()), build_archive(release())
    of = builder.contents.collect

    def fails(article):
        return 1 / 0 if article.pk == broken.article_id else of(article)

    monkeypatch.setattr(builder.contents, "collect", fails)
    assert broken.article_id in builder.find_outdated()
    with pytest.raises(ZeroDivisionError):
        builder.rebuild(str(broken.article_id))
    assert list(PressArchive.objects.filter(pk__in=[broken.pk, sound.pk])) == [sound]
    assert "could not be checked" in caplog.text
