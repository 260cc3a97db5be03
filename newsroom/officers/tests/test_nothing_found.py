"""The list of articles where it has none to show."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse


@pytest.mark.parametrize("name", ["newsroom_articles", "newsroom_articles_results"])
@pytest.mark.parametrize("query", ["q=zzzz", "kind=speech&q=zzzz"])
def test_it_is_said_that_nothing_is_found_and_no_empty_table_is_shown(db, sign_in, name, query):
    html = BeautifulSoup(sign_in("officer").get(f"{reverse(name)}?{query}").content, "html.parser")
    assert "Aucun article ne correspond à votre recherche." in html.text
    assert not html.select("table")
