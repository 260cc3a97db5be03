"""The judged searches are valid and up to date, and the measure (nDCG) gives published values."""

import pytest
from wagtail.models import Page

from aboutus.countries import listed_countries
from aboutus.models import WorkPage
from iom.navigation.visibility import visible
from tools.eval_search import compare, report
from tools.searches import LANGUAGES, ndcg, read, searches

FILE = """
[pages]
haiti = "/en/where-we-work/haiti/"
news = "/en/news/"

[[search]]
text = "haitian"
about = "IOM in Haiti"
"""


def test_the_best_order_scores_one():
    assert ndcg(["/a/", "/b/", "/c/"], {"/c/": 1, "/a/": 3, "/b/": 2}) == 1


def test_pages_of_the_same_grade_may_come_in_any_order():
    assert ndcg(["/b/", "/a/"], {"/a/": 2, "/b/": 2}) == 1


def test_results_without_a_judged_page_score_zero():
    assert ndcg([], {"/a/": 3}) == 0
    assert ndcg(["/b/"], {"/a/": 3}) == 0


def test_a_page_counts_less_at_a_later_position():
    assert ndcg(["/b/", "/a/"], {"/a/": 3}) == pytest.approx(0.6309, abs=1e-4)
    assert ndcg(["/b/", "/c/", "/a/"], {"/a/": 3}) == pytest.approx(0.5)


def test_a_published_example_gives_the_published_score():
    """A common example has the grades 3, 2, 3, 0, 1, 2 and finds all judged pages."""
    grades = {"/1/": 3, "/2/": 2, "/3/": 3, "/5/": 1, "/6/": 2}
    assert ndcg(["/1/", "/2/", "/3/", "/4/", "/5/", "/6/"], grades) == pytest.approx(0.9488, abs=1e-4)


def test_only_the_first_ten_count():
    others = [f"/{number}/" for number in range(10)]
    assert ndcg([*others, "/a/"], {"/a/": 3}) == 0
    assert ndcg([f"/{number}/" for number in range(10)], {f"/{number}/": 1 for number in range(12)}) == 1


def test_a_page_that_is_found_twice_counts_once():
    assert ndcg(["/a/", "/a/"], {"/a/": 3, "/b/": 3}) == ndcg(["/a/"], {"/a/": 3, "/b/": 3})


@pytest.mark.parametrize(
    ("judged", "message"),
    [
        ('best = ["hati"]', "no address in .pages. for hati"),
        ('best = ["haiti"]\ngood = ["haiti"]', "a page has two grades"),
        ("", "needs graded pages"),
        ('best = ["haiti"]\nnothing = true', "and not both"),
    ],
)
def test_a_search_that_is_not_judged_clearly_is_refused(judged, message):
    with pytest.raises(ValueError, match=f"haitian: .*{message}"):
        read("en", f"{FILE}{judged}\ntune = true")


def test_a_search_has_the_grades_of_its_pages():
    (search,) = read("en", FILE + 'best = ["haiti"]\nfair = ["news"]\ntune = false')
    assert search.grades == {"/en/where-we-work/haiti/": 3, "/en/news/": 1}
    assert not search.tune


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_searches_and_enough_of_them_held_out(language):
    ours = [search for search in searches() if search.language == language]
    assert len([search for search in ours if search.grades]) >= 75
    assert [search for search in ours if not search.grades]
    assert len([search for search in ours if not search.tune]) >= 60
    tuned = [search.text for search in ours if search.tune]
    assert len(set(tuned)) == len(tuned)


def in_the_best_order() -> list[list[str]]:
    return [sorted(search.grades, key=search.grades.__getitem__, reverse=True) for search in searches()]


def test_the_evaluation_passes_with_the_best_order_and_fails_with_the_worst(capsys):
    assert report(searches(), in_the_best_order())
    assert not report(searches(), [list(reversed(found)) for found in in_the_best_order()])


def test_the_evaluation_fails_if_searches_without_answers_find_pages(capsys):
    answers = [found or ["/en/news/"] for found in in_the_best_order()]
    assert not report(searches(), answers)
    assert "en, held out: bitcoin: /en/news/" in capsys.readouterr().out.replace("tuned", "held out")


def test_the_evaluation_fails_if_the_databases_order_results_differently(capsys):
    one, other = in_the_best_order(), in_the_best_order()
    assert compare(searches(), one, other)
    other[0] = [*other[0], "/en/news/"]
    assert not compare(searches(), one, other)
    assert "haitian: 3. None on SQLite, /en/news/ on PostgreSQL" in capsys.readouterr().out


def test_every_judged_page_is_public(db):
    addresses = set(visible(Page.objects.all()).values_list("url_path", flat=True))
    for page in WorkPage.objects.filter(lists_countries=True).select_related("locale"):
        addresses |= {f"{page.url_path}{country.slug}/" for country in listed_countries(page.locale).values()}
    assert {address for search in searches() for address in search.grades} <= addresses
