"""Scores of documents for a query."""

from dataclasses import replace

from django.utils import timezone

from iom.tests.factories import ArticleFactory
from search import engine
from search.matching import Candidate
from search.names import Name
from search.parsing import parse
from search.scoring import rank


def country(key, path, names, text=""):
    return Candidate(key, timezone.now(), False, "TD", path, False, "Chad", "", "", "en0chad", "", names, text)


def test_stop_words_alone_are_no_name_of_an_office():
    """Otherwise each country page would come before a page with the quoted phrase."""
    query = parse('who are "drinking water"', "en", [])
    other = country(1, "00010001", "en0iom", text="en0drink en0water")
    page = Candidate(
        2, timezone.now(), False, "", "00010002", False, "Wells", "", "", "en0well", "en0drink en0water", "", ""
    )
    assert rank(query, [other, page]) == [2, 1]


def test_a_country_with_all_words_in_the_names_of_its_offices_comes_first():
    query = parse("liaison office geneva", "en", [])
    part = country(1, "00010001", "en0liaison en0offic")
    whole = country(2, "00010002", "en0liaison en0offic en0geneva")
    assert rank(query, [part, whole]) == [2, 1]


def page(key, summary="", text="", names=""):
    return Candidate(key, timezone.now(), False, "", "00010009", False, "", summary, text, "", summary, names, text)


def test_a_page_about_all_words_comes_before_one_that_is_about_some():
    query = parse("wells pumps", "en", [])
    some = page(1, "en0well", text="en0pump")
    every = page(2, "en0pump en3 en0well")
    assert rank(query, [some, every]) == [2, 1]


def test_a_page_with_several_synonyms_comes_before_one_with_a_single_word():
    query = parse("pandemic", "en", [])
    once = page(1, text="en0pandem")
    often = page(2, text="en0pandem en0virus en0epidem")
    assert rank(query, [once, often]) == [2, 1]


def test_a_text_that_repeats_the_word_comes_before_one_that_has_it_once():
    query = parse("drought", "en", [])
    often = page(1, text="en0drought en0well en0drought")
    once = page(2, text="en0drought en0well")
    assert rank(query, [once, often]) == [1, 2]


def test_a_page_with_the_word_in_its_topic_as_well_comes_before_one_that_has_it_in_its_title_alone():
    query = parse("drought", "en", [])
    title = replace(page(2), title_tokens="en0drought en0well")
    topic = replace(title, document=1, names_tokens="en0drought")
    assert rank(query, [title, topic]) == [1, 2]


def test_the_words_of_a_name_count_where_each_stands():
    query = parse("voluntary return", "en", [])
    mentioned = page(1, text="en0voluntari en0return")
    about = page(2, "en0return", text="en0voluntari en0return")
    assert rank(query, [mentioned, about]) == [2, 1]


def test_the_city_of_an_office_finds_its_country_before_other_pages():
    query = parse("Bogotá", "en", [Name(("office", "7"), "Bogotá")])
    other = page(1, "en0bogota", names="en0bogota")
    city = country(2, "00010010", "en0bogota")
    assert rank(query, [other, city]) == [2, 1]


def test_a_page_that_names_a_city_comes_before_the_country_in_which_it_is():
    query = parse("Mersin", "en", [])
    city = page(1, "en0mersin")
    turkey = country(2, "00010002", "en2country0tr")
    assert rank(query, [replace(turkey, country="TR", title_tokens="en0turkiy"), city]) == [1, 2]
    assert rank(parse("Turkish", "en", []), [city, replace(turkey, country="TR")]) == [2, 1]


def test_words_of_the_search_that_stand_near_each_other_count_more():
    query = parse("solar training", "en", [])
    apart = page(1, text=f"en0solar {'en0well ' * 20} en0train")
    near = page(2, text=f"en0train en0well en0solar {'en0well ' * 20}")
    assert rank(query, [near, apart]) == [2, 1]
    assert rank(query, [apart, replace(near, document=0)]) == [0, 1]


def test_a_phrase_that_means_the_same_counts_less_where_its_words_stand_apart():
    query = parse("search and rescue", "en", [])
    apart = page(2, summary=f"en0sea {'en0well ' * 20} en0rescu")
    near = page(1, summary="en0sea en0rescu")
    assert rank(query, [apart, near]) == [1, 2]


def test_a_name_of_several_words_counts_less_where_they_stand_apart():
    query = parse("sea level rise", "en", [])
    assert len(query.terms) == 1
    apart = page(2, text=f"en0sea {'en0well ' * 20} en0level {'en0well ' * 20} en0rise")
    near = page(1, text="en0sea en0level en0rise")
    assert rank(query, [apart, near]) == [1, 2]


def test_of_a_long_search_a_page_may_lack_a_word_that_another_only_mentions():
    some = page(1, summary="en0well en0pump")
    every = page(2, text=f"en0well {'en0sand ' * 20} en0pump {'en0sand ' * 20} en0valv")
    assert rank(parse("wells pumps valves", "en", []), [every, some]) == [1, 2]
    one = replace(some, summary_tokens="en0well")
    assert rank(parse("wells pumps", "en", []), [every, one]) == [2, 1]


def test_an_overview_is_found_for_the_words_of_the_pages_below_it():
    query = parse("wells", "en", [])
    overview = replace(page(1, text="en0well"), path="000100010002")
    below = replace(page(2, summary="en0well", text="en0well en0well"), path="0001000100020001")
    other = replace(page(3, text="en0well en0well"), path="000100010001")
    assert rank(query, [overview, other]) == [3, 1]
    assert rank(query, [overview, below, other]) == [2, 1, 3]


def test_a_page_that_has_the_phrase_as_it_was_typed_comes_first():
    query = parse("« sans rendez-vous »", "fr", [])
    other = Candidate(
        2, timezone.now(), False, "", "00010002", True, "", "Le rendez", "", "", "fr0rend", "", "fr0rend fr0rend"
    )
    exact = Candidate(
        1, timezone.now(), False, "", "00010009", False, "", "", "Reçu sans rendez-vous.", "", "", "", "fr0rend"
    )
    assert rank(query, [other, exact]) == [1, 2]


def test_where_a_word_is_unknown_pages_that_only_mention_the_other_are_no_answer(db):
    mentioned = ArticleFactory(title="Rien", body=[("paragraph", "<p>Un zébuval est passé.</p>")])
    about = ArticleFactory(title="Le zébuval")
    found = [result.page for result in engine.search("fr", "qwxzv zébuval").hits]
    assert about.pk in found
    assert mentioned.pk not in found


def test_a_question_may_have_words_that_no_page_has(db):
    mentioned = ArticleFactory(title="Rien", body=[("paragraph", "<p>Un zébuval bleuâtre est passé.</p>")])
    hits = engine.search("fr", "qwxzv qwxzt zébuval bleuâtre").hits
    assert mentioned.pk in [hit.page for hit in hits]
