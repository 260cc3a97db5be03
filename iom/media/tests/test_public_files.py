"""Pictures and documents are served to users who may see a text that refers to them, or may choose them."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.core.cache import caches
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.blocks import RichTextBlock
from wagtail.fields import RichTextField
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, get_page_models

from iom.caching.page_cache import PageCache
from iom.caching.tests.readers import FakeWatch, Reader
from iom.media import public
from iom.media.models import SiteDocument, SiteImage
from iom.media.tests.public_files import FILES, address, article_with, fill, new
from iom.tests.factories import ArticleFactory
from iom.tests.test_every_form import publish_filled_page
from iom.translation.tests import desk
from iom.users.models import User
from newsroom.models import NewsArticle

pytestmark = pytest.mark.django_db
TYPES = [model for model in get_page_models() if model is not Page]
EVERYWHERE = "public, max-age=31536000, immutable, s-maxage=60"
# These records refer to pictures of pages, whose own references decide.
OF_PAGES = {"listing.Entry"}
OF_FILES = {"media.Rendition"}


def named(model):
    return model.__name__


@pytest.fixture(params=FILES, ids=named)
def file(request, db):
    return new(request.param)


def statuses(client, files):
    return {place: client.get(address(file)).status_code for place, file in files.items()}


def unpublish(page):
    page.unpublish()


def withdraw_in_bulk(page):
    type(page).objects.filter(pk=page.pk).update(live=False)


def let_expire(page):
    """The scheduler has not run yet."""
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


def make_private(page):
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def make_private_in_bulk(page):
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=page, restriction_type="groups")])


def make_the_section_private(page):
    make_private(page.get_parent())


WAYS_OUT = [unpublish, withdraw_in_bulk, let_expire, make_private, make_private_in_bulk, make_the_section_private]


@pytest.mark.parametrize("model", TYPES, ids=named)
def test_at_each_place_of_a_page_a_file_is_public_as_long_as_its_page(visitor, sign_in, model):
    page = publish_filled_page(sign_in("admin"), model, "fr")
    files = fill(page)
    drafted = page.save_revision()
    assert set(statuses(visitor, files).values()) <= {404}
    drafted.publish()
    assert set(statuses(visitor, files).values()) <= {200}, statuses(visitor, files)
    if not files:
        return

    page = model.objects.get(pk=page.pk)
    others = fill(page)  # a draft, with others instead
    drafted = page.save_revision()
    assert set(statuses(visitor, files).values()) == {200}
    assert set(statuses(visitor, others).values()) == {404}
    drafted.publish()
    assert set(statuses(visitor, files).values()) == {404}, statuses(visitor, files)
    assert set(statuses(visitor, others).values()) == {200}
    for way_out in WAYS_OUT:
        way_out(model.objects.get(pk=page.pk))
        assert set(statuses(visitor, others).values()) == {404}, (way_out, statuses(visitor, others))
        PageViewRestriction.objects.all().delete()
        model.objects.filter(pk=page.pk).update(live=True, expire_at=None)


def test_every_model_that_refers_to_files_says_when_visitors_see_them():
    """A record that may have a picture is indexed by Wagtail, and calls `public.register`."""
    silent = set()
    for model in apps.get_models():
        fields = [field for field in model._meta.get_fields() if not field.auto_created]
        if any(field.related_model in FILES or _holds_files(field) for field in fields):
            base = next(iter([*model._meta.get_parent_list()][-1:]), model)
            owner = next((field.related_model for field in model._meta.fields if isinstance(field, ParentalKey)), base)
            is_asked = ReferenceIndex.is_indexed(owner) or issubclass(owner, Page)
            if not (is_asked and (issubclass(owner, Page) or owner in public.referrers)):
                silent.add(model._meta.label)
    assert silent - OF_FILES == OF_PAGES


def _holds_files(field):
    return isinstance(field, RichTextField) or _has_files(getattr(field, "stream_block", None))


def _has_files(block):
    children = [*getattr(block, "child_blocks", {}).values(), getattr(block, "child_block", None)]
    is_one = isinstance(block, RichTextBlock) or getattr(block, "model_class", None) in FILES
    return block is not None and (is_one or any(map(_has_files, children)))


def test_what_stands_in_no_text_is_for_those_who_may_choose_it(visitor, sign_in, file):
    assert visitor.get(address(file)).status_code == 404
    for account in ("officer", "editor", "translator.en", "admin"):
        answer = sign_in(account).get(address(file))
        assert answer.status_code == 200, account
        assert "private" in answer["Cache-Control"]


def test_who_is_signed_in_without_the_admin_is_a_visitor(client, file):
    client.force_login(User.objects.create_user(email="reader@example.org"))
    assert client.get(address(file)).status_code == 404


@pytest.mark.parametrize("is_scheduled", [False, True])
def test_a_file_of_a_text_that_waits_is_not_served_until_it_is_out(visitor, file, is_scheduled):
    page = article_with(file, live=False, go_live_at=timezone.now() if is_scheduled else None)
    assert visitor.get(address(file)).status_code == 404
    NewsArticle.objects.get(pk=page.pk).save_revision().publish()
    NewsArticle.objects.filter(pk=page.pk).update(go_live_at=None, live=True)
    assert visitor.get(address(file)).status_code == 200


def test_a_file_stays_public_as_long_as_another_text_shows_it(visitor, file):
    """A translation whose original is withdrawn is such a case."""
    first, second = article_with(file), article_with(file, language="en")
    first.unpublish()
    assert visitor.get(address(file)).status_code == 200
    second.delete()
    assert visitor.get(address(file)).status_code == 404


def test_what_languages_share_is_public_with_the_translation_alone(visitor, file):
    original = article_with(file)
    original.save_revision().publish()
    _state, translation = desk.translated(
        NewsArticle.objects.get(pk=original.pk), NewsArticle(title="Shared", summary="S.", body=original.body.raw_data)
    )
    NewsArticle.objects.filter(pk=original.pk).update(live=False)
    assert visitor.get(address(file)).status_code == 200
    NewsArticle.objects.filter(pk=translation.pk).update(live=False)
    assert visitor.get(address(file)).status_code == 404


def test_a_translation_that_is_private_keeps_the_files_of_its_original(visitor, file):
    original = article_with(file)
    twin = ArticleFactory(language="en", translation_key=original.translation_key)
    make_private(twin)
    assert visitor.get(address(file)).status_code == 404


def test_who_knows_the_password_of_a_text_sees_its_files(visitor, file):
    page = article_with(file)
    give_a_password(page)
    assert visitor.get(address(file)).status_code == 404
    enter_the_password(visitor, page)
    answer = visitor.get(address(file))
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store, private")
    page.unpublish()
    assert visitor.get(address(file)).status_code == 404


def test_the_password_of_a_section_does_not_open_a_page_that_is_for_one_group(visitor, file):
    page = article_with(file)
    give_a_password(page.get_parent())
    enter_the_password(visitor, page)
    assert visitor.get(address(file)).status_code == 200
    PageViewRestriction.objects.create(page=page, restriction_type="groups")
    assert visitor.get(address(file)).status_code == 404


def give_a_password(page):
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="open sesame")


def enter_the_password(visitor, page):
    form = visitor.get(page.url).context
    visitor.post(form["action_url"], {"password": "open sesame", "return_url": page.url})


def test_a_picture_that_is_public_is_kept_by_browsers_and_asked_for_again_by_caches_in_between(visitor):
    image = new(SiteImage)
    article_with(image)
    assert visitor.get(address(image))["Cache-Control"] == EVERYWHERE


def test_a_browser_that_has_a_withdrawn_picture_is_told_that_there_is_none(visitor):
    image = new(SiteImage)
    page = article_with(image)
    tag = visitor.get(address(image))["ETag"]
    assert visitor.get(address(image), headers={"If-None-Match": tag}).status_code == 304
    page.unpublish()
    assert visitor.get(address(image), headers={"If-None-Match": tag}).status_code == 404


def test_a_size_whose_row_is_gone_is_not_served(visitor):
    """Such as a file that its storage could not delete."""
    image = new(SiteImage)
    article_with(image)
    rendition = image.get_rendition("width-20")
    rendition.file.storage.save("images/token/stray.jpg", rendition.file.open())
    assert visitor.get(rendition.url).status_code == 200
    assert visitor.get("/media/images/token/stray.jpg").status_code == 404


@pytest.fixture
def watch():
    return FakeWatch()


@pytest.fixture
def site(watch):
    caches["pages"].clear()
    public._public_files.clear()
    return Reader(PageCache(get_wsgi_application(), watch))


def status_and_queries(site, url):
    """Counts queries without that for the version, which a process makes once in half a second."""
    with CaptureQueriesContext(connection) as captured:
        answer = site.get(url)
    asked = [one["sql"] for one in captured.captured_queries if "caching_contentchange" not in one["sql"]]
    return int(answer.status[:3]), len([sql for sql in asked if sql.startswith("SELECT")])


def test_a_picture_costs_two_queries_after_a_change_and_then_none(site, watch):
    image = new(SiteImage)
    page = article_with(image)
    url = address(image)
    site.get(url)
    ArticleFactory()
    watch.observe()
    assert status_and_queries(site, url) == (200, 2)
    assert status_and_queries(site, url) == (200, 0)
    withdraw_in_bulk(page)
    assert status_and_queries(site, url)[0] == 404
    NewsArticle.objects.filter(pk=page.pk).update(live=True)
    assert status_and_queries(site, url)[0] == 200


def test_a_picture_expires_by_the_clock_and_without_a_change(site, monkeypatch):
    image, soon = new(SiteImage), timezone.now() + timedelta(hours=1)
    page = article_with(image)
    page.expire_at = soon
    page.save_revision().publish()
    url = address(image)
    assert status_and_queries(site, url)[0] == 200
    monkeypatch.setattr(timezone, "now", lambda: soon + timedelta(seconds=1))
    monkeypatch.setattr("time.time", lambda: (soon + timedelta(seconds=1)).timestamp())
    assert status_and_queries(site, url)[0] == 404


def test_while_the_database_is_away_the_pictures_of_stored_pages_are_there(site, watch):
    image = new(SiteImage)
    article_with(image)
    url = address(image)
    assert site.get(url).status == "200 OK"
    ArticleFactory()
    watch.observe()
    watch.away = True
    with CaptureQueriesContext(connection) as captured:
        assert site.get(url).status == "200 OK"
    assert not captured.captured_queries


def test_a_document_is_asked_for_each_time(site):
    document = new(SiteDocument)
    page = article_with(document)
    assert status_and_queries(site, document.url)[0] == 200
    withdraw_in_bulk(page)
    assert status_and_queries(site, document.url)[0] == 404
