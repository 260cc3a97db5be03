"""Redirects from the former addresses of pages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed
from wagtail.users.models import UserProfile

from iom.publishing import redirects
from iom.tests.addresses import CORRECTIONS, LANGUAGES, NEWS, article, page
from iom.tests.factories import ArticleFactory
from iom.users.models import User
from newsroom.models import NewsArticle, NewsIndex


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Runs what Wagtail does once a transaction is committed."""

    def run(change):
        with django_capture_on_commit_callbacks(execute=True):
            change()

    return run


def rename(text, slug):
    text = Page.objects.get(pk=text.pk).specific
    text.slug = slug
    text.save_revision().publish()


def published(**fields):
    text = ArticleFactory(live=False, **fields)
    text.save_revision().publish()
    return text


def where(visitor, address):
    """Where the address leads; None where it leads nowhere."""
    return visitor.get(address).get("Location")


def add(client, address, link):
    """Fills in the form for a redirect."""
    return client.post(reverse("wagtailredirects:add"), {"old_path": address, "redirect_link": link})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_former_address_of_a_page_leads_to_it(visitor, committed, language):
    text = published(language=language)
    committed(lambda: rename(text, "another"))

    answer = visitor.get(text.url)
    assert (answer.status_code, answer["Location"]) == (301, f"{NEWS[language]}another/")


def test_no_browser_keeps_a_redirect_for_the_address_may_get_a_page_again(visitor, committed):
    text = published(slug="a")
    committed(lambda: rename(text, "b"))
    Redirect.objects.create(old_path="/short", redirect_link="/fr/", is_permanent=False)

    for address in (text.url, f"{text.url}texte/", "/short"):
        assert visitor.get(address)["Cache-Control"] == "no-cache", address


def test_all_former_addresses_lead_to_the_present_one_at_once(visitor, committed):
    text = published(slug="a")
    for slug in ("b", "c", "d"):
        committed(lambda slug=slug: rename(text, slug))

    assert {where(visitor, f"{NEWS['fr']}{slug}/") for slug in "abc"} == {f"{NEWS['fr']}d/"}


def test_a_page_that_gets_its_former_address_back_leads_to_no_loop(visitor, committed):
    text = published(slug="a")
    for slug in ("b", "a", "b", "a"):
        committed(lambda slug=slug: rename(text, slug))

    assert visitor.get(f"{NEWS['fr']}a/").status_code == 200
    assert where(visitor, f"{NEWS['fr']}b/") == f"{NEWS['fr']}a/"
    assert Redirect.objects.filter(redirect_page=text).count() == 1


def test_an_address_that_another_page_gets_is_that_page_s_alone(visitor, committed):
    former = published(slug="a")
    committed(lambda: rename(former, "b"))
    new = published(slug="a")

    assert visitor.get(new.url).status_code == 200
    assert not Redirect.objects.filter(old_path=f"{NEWS['fr']}a").exists()
    committed(lambda: rename(new, "c"))
    assert where(visitor, f"{NEWS['fr']}a/") == f"{NEWS['fr']}c/"


def test_what_stands_below_follows_and_so_do_feeds_with_their_filters(visitor, committed):
    index = NewsIndex.objects.get(locale__language_code="fr")
    below = article("mobile-clinics-bogota", "fr")
    committed(lambda: rename(index, "presse"))

    assert where(visitor, NEWS["fr"]) == "/fr/presse/"
    assert where(visitor, below.url) == below.url.replace(NEWS["fr"], "/fr/presse/")
    assert where(visitor, f"{NEWS['fr']}rss/?kind=story") == "/fr/presse/rss/?kind=story"
    assert where(visitor, f"{below.url}texte/") == f"/fr/presse/{below.slug}/texte/"
    assert where(visitor, CORRECTIONS["fr"]) == "/fr/presse/rectificatifs/"
    assert where(visitor, f"{CORRECTIONS['fr']}rss/") == "/fr/presse/rectificatifs/rss/"
    assert where(visitor, f"{CORRECTIONS['fr']}rien/") is None
    assert where(visitor, f"{NEWS['fr']}rien/") is None


def test_a_list_keeps_its_filters_at_its_new_address(visitor, committed):
    index = NewsIndex.objects.get(locale__language_code="fr")
    committed(lambda: rename(index, "presse"))
    old = NEWS["fr"].rstrip("/")
    Redirect.objects.create(old_path=f"{old}?kind=speech", redirect_link="https://example.org/?kind=1")
    Redirect.objects.create(old_path="/elsewhere", redirect_link="https://example.org/")

    assert where(visitor, f"{NEWS['fr']}?kind=story&page=2") == "/fr/presse/?kind=story&page=2"
    assert where(visitor, f"{CORRECTIONS['fr']}?page=2") == "/fr/presse/rectificatifs/?page=2"
    assert where(visitor, f"{NEWS['fr']}?kind=speech") == "https://example.org/?kind=1"
    assert where(visitor, "/elsewhere?a=1") == "https://example.org/"


def test_a_page_that_moves_with_its_translation_leaves_a_redirect_in_each_language(visitor, committed):
    moved = {language: page("legal", language) for language in LANGUAGES}
    original = min(moved.values(), key=lambda text: text.pk)
    target = page("section", original.locale.language_code)
    committed(lambda: original.move(target, pos="last-child"))

    for text in moved.values():
        now = Page.objects.get(pk=text.pk)
        if now.url_path != text.url_path:
            assert where(visitor, text.url) == now.url_path
    assert Page.objects.get(pk=original.pk).url_path != original.url_path


def test_a_redirect_by_hand_to_an_address_that_changes_leads_to_the_page(visitor, committed):
    text = published(slug="a")
    Redirect.objects.create(old_path="/short", redirect_link=f"https://www.example.org{text.url}")
    Redirect.objects.create(old_path="/shorter", redirect_link=text.url)
    committed(lambda: rename(text, "b"))

    assert where(visitor, "/short") == where(visitor, "/shorter") == f"{NEWS['fr']}b/"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", ["/short", "/short/?a=1", "/b"])
def test_a_redirect_by_hand_that_leads_back_to_itself_is_refused(sign_in, path, language):
    Redirect.objects.create(old_path="/b", redirect_link="/c/?page=2")
    Redirect.objects.create(old_path="/c", redirect_link="/short")
    UserProfile.objects.update_or_create(
        user=User.objects.get(email="admin@example.org"), defaults={"preferred_language": language}
    )

    answer = add(sign_in("admin"), "/short", f"https://www.example.org{path}")

    said = {"fr": "Cette redirection ramène à l’adresse", "en": "This redirect leads back to the address"}[language]
    assert said in answer.content.decode()
    assert not Redirect.objects.filter(old_path="/short").exists()


@pytest.mark.parametrize("link", ["https://www.example.org/e", "https://www.example.com/short"])
def test_another_redirect_by_hand_is_saved(sign_in, link):
    """Also one that leads to others that lead to each other."""
    Redirect.objects.create(old_path="/e", redirect_link="/f")
    Redirect.objects.create(old_path="/f", redirect_link="/e")

    add(sign_in("admin"), "/short", link)

    assert Redirect.objects.get(old_path="/short").redirect_link == link


def test_one_that_was_stored_in_another_way_is_not_followed(visitor):
    Redirect.objects.create(old_path="/fr/court", redirect_link="/fr/court/")

    assert visitor.get("/fr/court/").status_code == 404


@pytest.mark.parametrize("state", ["withdrawn", "private"])
def test_a_former_address_tells_nothing_of_a_page_that_is_not_shown(visitor, committed, state):
    text = published(slug="a")
    committed(lambda: rename(text, "the-secret"))
    if state == "withdrawn":
        Page.objects.get(pk=text.pk).specific.unpublish()
    else:
        PageViewRestriction.objects.create(page_id=text.pk, restriction_type="login")

    answer = visitor.get(f"{NEWS['fr']}a/")
    assert answer.status_code == 404
    assert "the-secret" not in answer.content.decode()


def test_a_draft_that_nobody_has_seen_leaves_none(db):
    text = ArticleFactory(live=False, slug="a")
    before = NewsArticle.objects.get(pk=text.pk)
    before.url_path = f"{NEWS['fr']}b/"
    page_slug_changed.send(sender=NewsArticle, instance=text, instance_before=before)

    assert not Redirect.objects.filter(redirect_page=text).exists()


def test_many_pages_below_cost_no_more_queries_than_few(db, committed, monkeypatch):
    index = NewsIndex.objects.get(locale__language_code="fr")
    monkeypatch.setattr(redirects, "BATCH", 1000)

    def queries():
        before = NewsIndex.objects.get(pk=index.pk)
        after = NewsIndex.objects.get(pk=index.pk)
        before.url_path = "/fr/formerly/"
        with CaptureQueriesContext(connection) as captured:
            page_slug_changed.send(sender=NewsIndex, instance=after, instance_before=before)
        return len(captured)

    few = queries()
    for _ in range(20):
        published()
    assert queries() <= few + 2


def test_a_page_that_is_deleted_before_its_redirect_is_created_gets_none(db):
    text = published(slug="former-address")
    before = type(text).objects.get(pk=text.pk)
    text.slug, text.url_path = "new-address", text.url_path.replace("former-address", "new-address")
    Page.objects.get(pk=text.pk).delete()

    page_slug_changed.send(sender=type(text), instance=text, instance_before=before)

    assert not Redirect.objects.filter(old_path__endswith="former-address").exists()


@pytest.mark.parametrize(("name", "size"), [("a.csv", 2 * 1024 * 1024), ("a.xlsx", 10)])
def test_a_large_file_and_a_workbook_are_refused(sign_in, name, size):
    address = reverse("wagtailredirects:start_import")
    answer = sign_in("editor").post(address, {"import_file": SimpleUploadedFile(name, b"x" * size)}, follow=True)
    said = answer.content.decode()
    assert re.search(r"1\sMo au maximum", said) if name == "a.csv" else "xlsx" in said.lower()
    assert "wagtailredirects/confirm_import.html" not in [one.name for one in answer.templates]


def test_a_small_file_of_redirects_is_read(sign_in):
    file = SimpleUploadedFile("a.csv", b"from,to\n/old/,https://www.example.org/\n")
    answer = sign_in("editor").post(reverse("wagtailredirects:start_import"), {"import_file": file}, follow=True)
    assert "wagtailredirects/confirm_import.html" in [one.name for one in answer.templates]
