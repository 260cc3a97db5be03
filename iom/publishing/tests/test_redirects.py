"""A page that gets another address leaves a redirect."""

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import page_slug_changed

from iom.tests.factories import ArticleFactory


def renamed():
    page = ArticleFactory(slug="former-address")
    before = type(page).objects.get(pk=page.pk)
    page.slug, page.url_path = "new-address", page.url_path.replace("former-address", "new-address")
    return page, before


def send(page, before):
    page_slug_changed.send(sender=type(page), instance=page, instance_before=before)


def test_the_former_address_of_a_page_leads_to_it(db):
    page, before = renamed()

    send(page, before)

    (redirect,) = Redirect.objects.filter(redirect_page=page)
    assert redirect.old_path.endswith("/former-address")


def test_a_page_that_is_deleted_before_its_redirect_is_created_gets_none(db):
    page, before = renamed()
    Page.objects.get(pk=page.pk).delete()

    send(page, before)

    assert not Redirect.objects.filter(redirect_page_id=page.pk).exists()
