"""Deleted pages can be restored for 30 days: as drafts, with all related rows, in all languages."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision, Site

from home.models import HomePage
from iom.core.models import BasePage
from iom.listing.models import Entry
from iom.publishing import deleted_pages, jobs
from iom.publishing.models import DeletedPage
from iom.tests.factories import ArticleFactory
from iom.translation.models import Original, TranslationState
from iom.translation.tests.admin import bulk, url
from iom.translation.tests.desk import body, translated
from iom.users.models import User
from newsroom.models import NewsArticle

TYPES = [model for model in apps.get_models() if issubclass(model, BasePage) and model is not HomePage]
# What happened stands in the log; a page that is added has another place among its siblings.
NOT_COMPARED = ("publishing_", "wagtailcore_pagelogentry", "wagtailsearch_", "caching_", "django_session")
OF_THE_MOMENT = {"path", "created_at", "latest_revision_created_at", "saved_at", "sort_date"}  # the last: planned


def everything():
    """All rows of the database that the deletion of a page may concern, by table."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.db_table.startswith(NOT_COMPARED):
            continue
        rows = serializers.serialize("python", model._base_manager.order_by("pk"))
        for row in rows:
            row["fields"] = {name: value for name, value in row["fields"].items() if name not in OF_THE_MOMENT}
        if model is ReferenceIndex:  # written again: the keys are others
            rows = [{"pk": tuple(sorted(row["fields"].items(), key=str)), "fields": {}} for row in rows]
            rows.sort(key=str)
        if model is Revision:
            for row in rows:
                row["fields"]["content"] = {**row["fields"]["content"], "path": ""}
        found[model._meta.db_table] = rows
    return found


def differences(expected, found):
    """Short enough to be read."""
    both = {row["pk"]: row["fields"] for row in expected}, {row["pk"]: row["fields"] for row in found}
    fields = {
        name
        for key in both[0].keys() & both[1].keys()
        for name in both[0][key]
        if both[0][key][name] != both[1][key].get(name)
    }
    return {"missing": both[0].keys() - both[1].keys(), "more": both[1].keys() - both[0].keys(), "fields": fields}


def count_again():
    """PostgreSQL goes on counting keys, although the rows have been rolled back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)


def take_back(page):
    if page.live:
        page.unpublish()
    for revision in page.revisions.exclude(approved_go_live_at=None):
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
    Original.objects.filter(page=page.pk).update(due_at=None)


def original_of_type(model):
    """The page of the demonstration with a translation and, if there is one, with most pages below it."""
    originals = TranslationState.objects.values("original__page")
    return model.objects.filter(pk__in=originals).order_by("-numchild", "pk").first().specific


class Undo(Exception):
    pass


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_what_is_restored_is_what_unpublishing_would_have_left(db, model):
    page = original_of_type(model)
    count_again()
    try:
        with transaction.atomic():
            for each in [page, *page.get_translations()]:
                for below in each.get_descendants(inclusive=True):
                    take_back(Page.objects.get(pk=below.pk).specific)
            expected = everything()
            raise Undo
    except Undo:
        count_again()
    page.refresh_from_db()
    before = Page.objects.count()

    page.delete()
    kept = DeletedPage.objects.get()
    assert Page.objects.count() == before - kept.pages
    deleted_pages.restore(kept)

    found = everything()
    different = {table: differences(rows, found[table]) for table, rows in expected.items() if rows != found[table]}
    assert different == {}
    assert Page.find_problems() == ([], [], [], [], [])
    call_command("listing", "--check")


def pair():
    page = ArticleFactory(title="Titre", summary="Résumé.", body=body("Un."))
    _state, translation = translated(page, NewsArticle(title="Title", summary="Summary.", body=body("One.")))
    return NewsArticle.objects.get(pk=page.pk), translation


@pytest.mark.parametrize("way", ["view", "bulk", "code"])
def test_both_languages_come_back_and_are_published_again_together(sign_in, visitor, db, way):
    page, translation = pair()
    client = sign_in("editor")
    if way == "view":
        client.post(url("delete", page))
    elif way == "bulk":
        client.post(bulk("delete", page))
    else:
        page.delete(user=User.objects.get(email="editor@example.org"))
    kept = DeletedPage.objects.get()
    assert (kept.title, kept.pages, kept.deleted_by.email) == ("Titre", 2, "editor@example.org")

    answer = client.post(reverse("publishing_deleted_restore", args=[kept.pk]))

    assert answer.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert client.get(answer.url).status_code == 200
    assert visitor.get(page.url).status_code == visitor.get(translation.url).status_code == 404
    assert not Entry.objects.filter(page_id__in=[page.pk, translation.pk]).exists()
    assert PageLogEntry.objects.filter(action="publishing.restore").count() == 2
    page.refresh_from_db()
    page.save_revision().publish()
    assert visitor.get(page.url).status_code == visitor.get(translation.url).status_code == 200
    assert "One." in visitor.get(translation.url).content.decode()


def test_a_schedule_does_not_come_back(db):
    page, _translation = pair()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()
    page.delete()
    restored = deleted_pages.restore(DeletedPage.objects.get())
    assert not restored.revisions.exclude(approved_go_live_at=None).exists()


def test_an_address_taken_meanwhile_is_left_to_its_page(db):
    page, _translation = pair()
    slug, parent = page.slug, page.get_parent()
    page.delete()
    ArticleFactory(parent=Page.objects.get(pk=parent.pk), slug=slug)
    restored = deleted_pages.restore(DeletedPage.objects.get())
    assert restored.slug == f"{slug}-2"
    assert restored.url_path == f"{parent.url_path}{slug}-2/"


def test_a_former_address_that_another_page_has_left_meanwhile_leads_to_that_page(db):
    first, former = ArticleFactory(slug="second"), "/en/news/first"
    Redirect.objects.create(old_path=former, redirect_page=first, site=Site.objects.get())
    first.delete()
    other = ArticleFactory(slug="third")
    Redirect.objects.create(old_path=former, redirect_page=other, site=Site.objects.get())

    assert deleted_pages.restore(DeletedPage.objects.get()).pk == first.pk
    assert Redirect.objects.get(old_path=former).redirect_page_id == other.pk


def test_what_was_deleted_meanwhile_is_missed_by_nobody(db):
    author = User.objects.create_user("author@example.org")
    page, _translation = pair()
    page.owner = author
    page.save()
    page.save_revision(user=author)
    page.delete()
    DeletedPage.objects.update(deleted_by=author)
    author.delete()
    restored = deleted_pages.restore(DeletedPage.objects.get())
    assert (restored.owner, restored.latest_revision.user) == (None, None)


def test_a_section_comes_before_the_page_that_was_in_it(db):
    page, _translation = pair()
    page.delete()
    kept = DeletedPage.objects.get()
    kept.parents[1][1] = 0  # the section of the translation
    kept.save()
    with pytest.raises(ValidationError):
        deleted_pages.restore(kept)
    assert not Page.objects.filter(pk=page.pk).exists()
    assert DeletedPage.objects.exists()


@pytest.mark.parametrize(
    ("role", "may"), [("admin", True), ("editor", True), ("officer", False), ("translator.en", False)]
)
def test_who_may_delete_published_pages_sees_restores_and_forgets_them(sign_in, db, role, may):
    page, _translation = pair()
    page.delete()
    kept = DeletedPage.objects.get()
    client = sign_in(role)
    listed = client.get(reverse("publishing_deleted"))
    assert ("Titre" in listed.content.decode()) == may
    client.post(reverse("publishing_deleted_restore", args=[kept.pk]))
    assert Page.objects.filter(pk=page.pk).exists() == may
    again = DeletedPage.objects.create(title="Nouveau", parent=kept.parent, parents=[], pages=1, rows="[]")
    client.post(reverse("publishing_deleted_forget", args=[again.pk]))
    assert DeletedPage.objects.filter(pk=again.pk).exists() != may


def test_what_another_restores_at_the_same_moment_is_not_there_any_more(sign_in, db, monkeypatch):
    page, _translation = pair()
    page.delete()
    kept, restore = DeletedPage.objects.get(), deleted_pages.restore

    def second(kept, user):
        restore(kept)
        return restore(kept, user)

    monkeypatch.setattr(deleted_pages, "restore", second)
    assert sign_in("editor").post(reverse("publishing_deleted_restore", args=[kept.pk])).status_code == 404


def test_an_officer_restores_a_draft_of_their_own(sign_in, db):
    officer = User.objects.get(email="officer@example.org")
    page = ArticleFactory(live=False, owner=officer)
    client = sign_in("officer")
    client.post(url("delete", page))
    client.post(reverse("publishing_deleted_restore", args=[DeletedPage.objects.get().pk]))
    assert Page.objects.filter(pk=page.pk).exists()


def test_a_deleted_page_is_forgotten_after_30_days(db):
    page, _translation = pair()
    page.delete()
    old = DeletedPage.objects.get()
    young = DeletedPage.objects.create(title="Young", parent=1, parents=[], pages=1, rows="[]")
    DeletedPage.objects.filter(pk=old.pk).update(deleted_at=timezone.now() - timedelta(days=30, minutes=1))
    jobs.enqueue_missing([deleted_pages.JOB])
    jobs.run(kinds=[deleted_pages.JOB])
    assert list(DeletedPage.objects.all()) == [young]
