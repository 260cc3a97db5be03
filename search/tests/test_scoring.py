"""How well a document says what is searched for."""

from django.utils import timezone

from search.parsing import parse
from search.scoring import Candidate, ranked


def country(key, path, names, text=""):
    return Candidate(key, timezone.now(), False, "TD", path, False, "Chad", "en0chad", "", names, text)


def test_stop_words_alone_are_no_name_of_an_office():
    """Else each country came before a page that says better what stands in quotation marks."""
    query = parse('who are "drinking water"', "en", [])
    other = country(1, "00010001", "en0iom", text="en0drink en0water")
    page = Candidate(2, timezone.now(), False, "", "00010002", False, "Wells", "en0well", "en0drink en0water", "", "")
    assert ranked(query, [other, page]) == [2, 1]


def test_a_country_with_all_words_in_the_names_of_its_offices_comes_first():
    query = parse("liaison office geneva", "en", [])
    part = country(1, "00010001", "en0liaison en0offic")
    whole = country(2, "00010002", "en0liaison en0offic en0geneva")
    assert ranked(query, [part, whole]) == [2, 1]
