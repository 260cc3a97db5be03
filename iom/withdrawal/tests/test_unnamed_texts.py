"""A withdrawn text that visitors may not know of shows neither title nor reason at any address."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from iom.tests.addresses import NEWS
from iom.withdrawal import withdrawing
from iom.withdrawal.tests.texts import WORDS, content
from newsroom.models import NewsArticle, PressArchive

pytestmark = pytest.mark.django_db
FORMER = f"{NEWS['fr']}formerly/"


def hide(texts, how):
    if how == "expired":
        NewsArticle.objects.filter(pk=texts["fr"].pk).update(expire_at=timezone.now() - timedelta(seconds=1))
        return
    page = {"private": texts["fr"], "section": texts["fr"].get_parent(), "translation": texts["en"]}[how]
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def withdraw(texts):
    """Returns the addresses of the text that respond afterwards."""
    Redirect.objects.create(old_path=FORMER.rstrip("/"), redirect_page=texts["fr"], automatically_created=True)
    archive = PressArchive.objects.get(article=texts["fr"].pk).url
    withdrawing.withdraw(texts["fr"], None, "public", {"fr": "Motif zèbre.", "en": "Reason."})
    with override("fr"):
        return [texts["fr"].url, texts["fr"].text_url, FORMER, archive]


def naming(client, addresses):
    answers = {address: client.get(address) for address in addresses}
    assert {answer.status_code for answer in answers.values()} == {410}
    words = (WORDS["fr"], "Motif zèbre.")
    return [address for address, answer in answers.items() if any(word in content(answer) for word in words)]


@pytest.mark.parametrize("how", ["private", "section", "translation", "expired"])
def test_it_is_not_named(visitor, texts, how):
    hide(texts, how)
    assert naming(visitor, withdraw(texts)) == []


@pytest.mark.parametrize("how", ["private", "section", "translation"])
def test_it_is_no_longer_named_once_it_becomes_private(visitor, texts, how):
    addresses = withdraw(texts)
    assert naming(visitor, addresses) == addresses
    hide(texts, how)
    assert naming(visitor, addresses) == []


def test_one_that_expires_later_remains_named(visitor, texts):
    NewsArticle.objects.filter(pk=texts["fr"].pk).update(expire_at=timezone.now() + timedelta(days=1))
    addresses = withdraw(texts)
    NewsArticle.objects.filter(pk=texts["fr"].pk).update(expire_at=timezone.now() - timedelta(days=1))
    assert naming(visitor, addresses) == addresses
