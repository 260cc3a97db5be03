"""The columns of lists are named in the language of whoever reads them."""

import pytest
from bs4 import BeautifulSoup

from iom.editorial.tests import admin_screens, admin_urls

# Spelt alike in both languages.
ALIKE = {"Action", "Collection", "Date", "Page", "Pages", "Parent", "Passages", "Port", "Site", "Type"}
# Of the form for a group, Wagtail reads these once, in the site's own language.
READ_ONCE = {"Ajouter", "Choisir", "Modifier", "Supprimer"}


def headers(client, url):
    with admin_urls.rolled_back():
        answer = client.get(url)
    if answer.status_code != 200 or not answer.get("Content-Type", "").startswith("text/html"):
        return set()
    found = BeautifulSoup(answer.content, "html.parser").find_all("th")
    return {" ".join(one.get_text(" ").split()) for one in found if any(map(str.isalpha, one.get_text()))}


@pytest.mark.django_db
def test_no_column_has_the_same_name_in_french_and_in_english():
    text = admin_urls.text("fr")
    arguments, parameters = admin_urls.url_arguments(text.original, text.state), dict(admin_urls.addresses())
    french, english = admin_screens.client_of("d", "fr"), admin_screens.client_of("d", "en")
    lists = [
        name for name in admin_screens.open_to("d") if not name.endswith(("_results", "add", "edit", "delete", "copy"))
    ]
    same, seen = {}, set()
    for name in lists:
        url = admin_urls.address(name, parameters[name], arguments)
        in_french = headers(french, url)
        seen |= in_french
        if in_french and (both := (in_french & headers(english, url)) - ALIKE - READ_ONCE):
            same[name] = both

    assert same == {}
    assert {"Bureau", "Thème", "Titre", "Nom du site", "Page racine"} <= seen
