"""The list of articles when it is empty."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse


@pytest.mark.parametrize("name", ["newsroom_articles", "newsroom_articles_results"])
@pytest.mark.parametrize("query", ["q=zzzz", "kind=speech&q=zzzz"])
def test_an_empty_list_says_so_and_shows_no_table(db, sign_in, name, query):
    html = BeautifulSoup(sign_in("officer").get(f"{reverse(name)}?{query}").content, "html.parser")
    assert "Aucun article ne correspond à votre recherche." in html.text
    assert not html.select("table")
