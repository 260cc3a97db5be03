"""The check of page weight reports a page that is over its budget, with its largest requests."""

import pytest

from tools.measuring.budgets import KB, excess, excess_of_scripts
from tools.measuring.visits import Response, Visit, kind_of

SITE = "http://127.0.0.1:8000"


def visit(name: str, *received: tuple[str, str, int]) -> Visit:
    return Visit(
        name, "fr", f"{SITE}/fr/", received=[Response(f"{SITE}{path}", kind, size) for path, kind, size in received]
    )


def test_a_page_within_its_budget_is_not_reported():
    assert excess(visit("article", ("/", "html", 20 * KB), ("/a.css", "css", 10 * KB))) == []
    assert excess(visit("home", ("/", "html", 45 * KB))) == []


@pytest.mark.parametrize(("name", "budget"), [("article", 30), ("home", 45)])
def test_a_page_over_its_budget_is_reported_with_its_largest_requests_first(name, budget):
    reported = excess(
        visit(name, ("/", "html", 2 * KB), ("/a.css", "css", budget * KB), ("/a.webp", "photos", 9 * KB))
    )
    assert reported[0] == f"{name} (fr): {budget + 2}.0 KB without photos and font, budget {budget}.0 KB"
    assert [line.split()[-1] for line in reported[1:]] == [f"{SITE}/a.css", f"{SITE}/"]


def test_photos_do_not_count_towards_the_budget():
    assert excess(visit("article", ("/", "html", KB), ("/a.webp", "photos", 200 * KB))) == []


def test_requests_are_counted_only_for_articles_without_photos():
    requests = [(f"/{n}.css", "css", 1) for n in range(9)]
    assert excess(visit("article", *requests))[0] == "article (fr): 9 requests, budget 8"
    assert excess(visit("article", *requests[1:])) == []
    assert excess(visit("article", *requests, ("/a.webp", "photos", 1))) == []
    assert excess(visit("home", *requests)) == []


@pytest.mark.parametrize(("name", "budget"), [("home", 40), ("index", 30)])
def test_long_lists_have_a_budget_for_uncompressed_html(name, budget):
    page = visit(name)
    page.received.append(Response(f"{SITE}/", "html", 9 * KB, budget * KB))
    assert excess(page) == []
    page.received[0] = Response(f"{SITE}/", "html", 9 * KB, budget * KB + KB)
    assert excess(page)[0] == f"{name} (fr): {budget + 1}.0 KB of HTML, budget {budget}.0 KB"


def test_scripts_are_counted_once_over_all_pages():
    visits = [visit("home", ("/a.js", "js", 3 * KB)), visit("article", ("/a.js", "js", 3 * KB))]
    assert excess_of_scripts(visits) == []
    visits.append(visit("map", ("/b.js", "js", 3 * KB)))
    assert excess_of_scripts(visits)[0] == "JavaScript: 6.0 KB, budget 5.0 KB"


def test_requests_to_other_servers_cookies_and_errors_are_reported():
    one = visit("home", ("/", "html", 1))
    assert one.faults == []
    one.received.append(Response("https://elsewhere.example/a.js", "js", 1))
    one.cookies.append("a=b")
    one.status = 500
    assert one.faults == [
        "home (fr) asks another server: https://elsewhere.example/a.js",
        "home (fr) sets a cookie: a=b",
        "home (fr) answers 500",
    ]


@pytest.mark.parametrize(
    ("resource", "mime", "kind"),
    [
        ("Document", "text/html", "html"),
        ("Image", "image/svg+xml", "svg/ico"),
        ("Other", "image/x-icon", "svg/ico"),
        ("Image", "image/avif", "photos"),
        ("Fetch", "image/svg+xml", "svg/ico"),
        ("Fetch", "image/png", "svg/ico"),
        ("Script", "text/javascript", "js"),
        ("Font", "font/woff2", "font"),
    ],
)
def test_kind_of_returns_the_kind_of_a_response(resource, mime, kind):
    assert kind_of(resource, mime) == kind
