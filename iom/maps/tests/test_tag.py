"""The template tag `{% locator_map %}`."""

import pytest
from django.template import Context, Template
from django.utils.translation import override

from iom.maps.templatetags.maps import alt_text, locator_notes
from iom.maps.views import locator_url


def rendered(arguments, codes, language="fr"):
    with override(language):
        return Template("{% load maps %}{% locator_map codes " + arguments + " %}").render(Context({"codes": codes}))


def test_the_picture_takes_its_place_before_it_is_loaded():
    html = rendered("", ["HT"])

    assert html.startswith(f'<img class="locator" src="{locator_url(["HT"])}" width="720" height="480" alt="')
    assert 'loading="lazy">' in html
    assert "fetchpriority" not in html


@pytest.mark.parametrize(
    ("language", "codes", "words"),
    [
        ("fr", ["HT"], "Carte\N{NO-BREAK SPACE}: Haïti"),
        ("fr", ["HT", "CU"], "Carte\N{NO-BREAK SPACE}: Haïti et Cuba"),
        ("en", ["HT"], "Map: Haiti"),
        ("en", ["HT", "CU"], "Map: Haiti and Cuba"),
        ("en", ["TD", "NE", "TR"], "Map: Chad, Niger and Türkiye"),
        ("fr", ["CD"], "Carte\N{NO-BREAK SPACE}: République démocratique du Congo"),
    ],
)
def test_it_says_what_it_shows_in_the_readers_language(language, codes, words):
    with override(language):
        assert alt_text(codes) == words
    assert f'alt="{words}"' in rendered("", codes, language)


def test_beside_the_names_in_words_it_is_decorative():
    assert 'alt=""' in rendered("alt=False", ["HT"])


def test_there_is_no_picture_where_there_is_nothing_to_show():
    assert rendered("", []) == ""
    assert rendered("", ["AQ"]) == ""
    assert locator_notes(["AQ"]) == []
    assert f'src="{locator_url(["HT"])}"' in rendered("", ["AQ", "HT"])
