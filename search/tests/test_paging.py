import re

import pytest
from bs4 import BeautifulSoup
from django.core.paginator import Paginator
from django.http import Http404
from django.template.loader import render_to_string

from search.paging import PER_PAGE, paginate
from search.templatetags.paging import page_numbers

ITEMS = list(range(PER_PAGE * 2 + 1))


@pytest.fixture
def page(rf):
    return lambda query, items=ITEMS: paginate(rf.get(f"/?{query}"), items)


def test_the_first_page_is_shown_without_being_asked_for(page):
    assert list(page("")) == ITEMS[:PER_PAGE]


def test_an_empty_number_is_the_first_page_as_it_is_to_the_page_cache(page):
    assert list(page("page=")) == ITEMS[:PER_PAGE]


def test_the_last_page_holds_the_rest(page):
    last = page("page=3")

    assert list(last) == ITEMS[-1:]
    assert not last.has_next()


def test_an_empty_list_has_one_empty_page(page):
    assert list(page("", [])) == []
    assert list(page("page=1", [])) == []


@pytest.mark.parametrize(
    "number", ["0", "-1", "4", "abc", "1.5", "+", "%00", "1%00", "1e1", "last", "9" * 30, "9" * 5000]
)
def test_a_page_that_does_not_exist_is_not_found(page, number):
    with pytest.raises(Http404):
        page(f"page={number}")


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", "page=3"),
        ("page=2", "page=3"),
        ("page=2&page=3", "page=3"),
        ("kind=story&page=2&country=EG&country=JO", "kind=story&page=3&country=EG&country=JO"),
        ("q=a%26b", "q=a%26b&page=3"),
        ("q=%22><script>", "q=%22%3E%3Cscript%3E&page=3"),
    ],
)
def test_a_link_to_another_page_keeps_everything_else(rf, query, kept):
    request = rf.get(f"/?{query}")
    shown = render_to_string("partials/pagination.html", {"items": Paginator(range(3), 1).page(2)}, request)
    assert BeautifulSoup(shown, "html.parser").select_one("[rel=next]")["href"] == f"?{kept}"


@pytest.mark.parametrize(
    ("pages", "number", "numbers"),
    [
        (3, 1, [1, 2, 3]),
        (5, 3, [1, 2, 3, 4, 5]),
        (8334, 1, [1, 2, "…", 8334]),
        (8334, 3, [1, 2, 3, 4, "…", 8334]),
        (8334, 4000, [1, "…", 3999, 4000, 4001, "…", 8334]),
        (8334, 8334, [1, "…", 8333, 8334]),
    ],
)
def test_a_list_names_its_first_page_its_last_and_those_around(pages, number, numbers):
    assert page_numbers(Paginator(range(pages), 1).page(number)) == numbers


@pytest.mark.parametrize(("pages", "links"), [(1, []), (2, []), (3, ["1", "2", "3"])])
def test_pages_have_numbers_where_there_are_more_than_two(rf, pages, links):
    items = Paginator(range(pages), 1).page(min(2, pages))
    shown = render_to_string("partials/pagination.html", {"items": items}, rf.get("/?q=a"))
    assert re.findall(r'href="\?q=a&amp;page=(\d+)"(?: aria-current="page")?>\1</a>', shown) == links
    assert re.findall(r'aria-current="page">(\d+)</a>', shown) == links[1:2]
