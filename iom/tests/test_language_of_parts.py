"""Words in another language than the page name their language, so that screen readers pronounce them."""

import pytest
from bs4 import BeautifulSoup

from iom.contacts.models import OfficeName
from iom.tests.addresses import COUNTRY, LANGUAGES, NEWS_ALONE, PRESS, SEARCH, page

MARK = "Zqbureau"


def languages_of(client, address, words):
    """Returns the language of each text of the page that has the words. Structured data names no language."""
    shown = BeautifulSoup(client.get(address).content, "html.parser")
    texts = [text for text in shown.find_all(string=True) if words in text and text.parent.name != "script"]
    return [text.find_parent(lang=True)["lang"] for text in texts]


@pytest.mark.parametrize(
    "address", [COUNTRY["en"], NEWS_ALONE["en"], PRESS["en"], f"{SEARCH['en']}?q=zzzz", "article"]
)
def test_the_name_of_an_office_that_has_none_in_the_language_of_the_page_names_its_own(visitor, address):
    OfficeName.objects.exclude(language="fr").delete()
    for name in OfficeName.objects.all():
        OfficeName.objects.filter(pk=name.pk).update(name=f"{MARK} {name.pk}")
    address = page("article that names no contact", "en").url if address == "article" else address
    found = languages_of(visitor, address, MARK)
    assert len(found) > 1
    assert set(found) == {"fr"}, address


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_in_another_language_names_it(visitor, language):
    words, other = {"fr": ("displaced families", "en"), "en": ("migrations climatiques", "fr")}[language]
    address = f"{SEARCH[language]}?q={words.replace(' ', '+')}"
    offer = BeautifulSoup(visitor.get(address).content, "html.parser").select_one("p.search-offer")
    assert offer.find("span", lang=other).text == words
