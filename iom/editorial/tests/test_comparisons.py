"""Comparisons of two versions, in the user's language."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from iom.tests.factories import ArticleFactory

QUOTE = {"text": "Nous avons bâti un pont.", "speaker": "Mariam", "role": "", "portrait": None, "language": ""}


@pytest.mark.parametrize(("language", "before", "after"), [("fr", "Non", "Oui"), ("en", "No", "Yes")])
def test_yes_and_no_are_compared_in_words(db, sign_in, language, before, after):
    article = ArticleFactory(contacts_media_only=False)
    versions = []
    for value in (False, True):
        article.contacts_media_only = value
        article.body = [("quote", QUOTE | {"name_changed": value})]
        versions.append(article.save_revision().pk)
    address = reverse("wagtailadmin_pages:revisions_compare", args=[article.pk, *versions])
    page = sign_in("editor").get(address, headers={"accept-language": language})
    html = BeautifulSoup(page.content, "html.parser").select_one("main")
    assert "False" not in html.text
    assert "True" not in html.text
    assert [one.text for one in html.select(".deletion")].count(before) == 1
    assert [one.text for one in html.select(".addition")].count(after) == 1
