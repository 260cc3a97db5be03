"""The menu is the page tree."""

import pytest
from bs4 import BeautifulSoup
from django.template import Context, Template
from django.utils import translation

from aboutus.models import AboutPage
from iom.listing import menu
from iom.navigation.tests.pairs import at, restrict
from iom.tests.factories import ArticleFactory


def shape(items):
    return [(item.title, shape(item.children)) if item.children else item.title for item in items]


def titles(items):
    return [item.title for item in items]


def find(items, url):
    for item in items:
        if item.url == url:
            return item
        if below := find(item.children, url):
            return below
    return None


def test_the_french_menu_is_that_of_the_site_it_replaces(db):
    assert shape(menu.build("fr", "/fr/").sections) == [
        (
            "Qui sommes-nous",
            [
                (
                    "Structure",
                    [
                        "Structure organisationnelle",
                        "Directrice générale",
                        "Directrice générale adjointe chargée de la gestion et des réformes",
                        "Directrice générale adjointe chargée des opérations",
                        "Bureau du Chef de Cabinet",
                        "Bureau des partenariats, de la sensibilisation et de la communication",
                        "Bureau de la stratégie et de la performance institutionnelle",
                    ],
                )
            ],
        ),
        ("Notre travail", ["Ce que nous faisons", "Partenariats"]),
        "Où travaillons-nous",
        ("Agir", ["Travailler avec nous", "Engagez-vous"]),
        "Données et recherche",
        "Programme 2030",
        "Actualités",
        "Contacts presse",  # the one section that the old site lacked
    ]


def test_both_languages_have_the_same_menu(db):
    def outline(items):
        return [outline(item.children) for item in items]

    assert outline(menu.build("fr", "").sections) == outline(menu.build("en", "").sections)
    assert all(item.url.startswith("/en/") for item in menu.build("en", "").sections)


def test_the_legal_pages_stand_in_the_footer(db):
    footer = [item.url for item in menu.build("en", "").footer]

    legal = ["/en/accessibility/", "/en/privacy/", "/en/terms-of-use/", "/en/fraud-warning/", "/en/help/"]
    assert footer == ["/en/press-contacts/", *legal]


def test_a_section_brings_its_introduction(db):
    for item in menu.build("fr", "").sections:
        assert item.summary == at(item.url).introduction != ""


def test_the_page_being_read_and_those_above_it_are_marked(db):
    sections = menu.build("en", "/en/who-we-are/structure/").sections
    marked = {item.url: (item.current, item.open) for item in sections}

    assert marked["/en/who-we-are/"] == (False, True)
    assert marked["/en/our-work/"] == (False, False)
    structure = find(sections, "/en/who-we-are/structure/")
    assert (structure.current, structure.open) == (True, True)


def test_the_section_of_an_article_is_marked(db):
    sections = menu.build("fr", ArticleFactory().url).sections
    news = find(sections, "/fr/actualites/")

    assert (news.current, news.open) == (False, True)
    assert not find(sections, "/fr/agir/").open


def test_the_order_is_that_of_the_tree(db):
    at("/fr/programme-2030/").move(at("/fr/qui-sommes-nous/"), pos="left")

    assert titles(menu.build("fr", "").sections)[:2] == ["Programme 2030", "Qui sommes-nous"]


def test_a_page_that_is_not_in_the_menu_takes_those_below_it_along(db):
    structure = at("/fr/qui-sommes-nous/structure/")
    structure.show_in_menus = False
    structure.save()

    assert find(menu.build("fr", "").sections, "/fr/qui-sommes-nous/").children == []


def test_articles_are_not_in_the_menu_even_where_someone_ticked_them(db):
    deep = at("/fr/qui-sommes-nous/structure/directrice-generale/")
    below = deep.add_child(instance=type(deep)(title="Trop profond", show_in_menus=True, locale=deep.locale))
    below.save_revision().publish()

    assert find(menu.build("fr", "").sections, below.url) is None


@pytest.mark.parametrize("state", ["draft", "private", "private translation", "draft above"])
def test_a_page_that_a_visitor_may_not_see_is_not_in_the_menu(db, state):
    page, above = at("/fr/notre-travail/partenariats/"), at("/fr/notre-travail/")
    if state == "draft":
        page.unpublish()
    elif state == "private":
        restrict(page)
    elif state == "private translation":
        restrict(at("/en/our-work/partnerships/"))
    else:
        above.unpublish()
    sections = menu.build("fr", "").sections

    assert find(sections, page.url) is None
    assert (find(sections, above.url) is None) is (state == "draft above")


def test_a_private_legal_page_is_not_in_the_footer(db):
    restrict(at("/en/help/"))

    assert "/fr/aide/" not in [item.url for item in menu.build("fr", "").footer]


@pytest.mark.parametrize("more", [0, 5])
def test_the_menu_costs_nothing_once_it_is_known_however_many_pages_it_has(visiting, django_assert_num_queries, more):
    home = at("/fr/")
    for number in range(more):
        page = home.add_child(instance=AboutPage(title=f"Rubrique {number}", show_in_menus=True, locale=home.locale))
        page.save_revision().publish()

    with visiting():
        menu.build("fr", "/fr/")
        with django_assert_num_queries(0):
            built = menu.build("fr", "/fr/")

    assert len(built.sections) == 8 + more


ADDRESSES = [
    "/en/",
    "/en/news/",
    "/en/news/x/",
    "/en/who-we-are/structure/director-general/",
    "/en/help/",
    "/en/search/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_menu_that_is_kept_marks_what_the_one_of_the_page_does(rf, visiting, address):
    template = Template("{% load menu %}{% site_menu %}")
    with visiting(), translation.override("en"):
        for other in ADDRESSES:  # are kept
            template.render(Context({"request": rf.get(other)}))
        soup = BeautifulSoup(template.render(Context({"request": rf.get(address)})), "html5lib")

    items = menu.build("en", address).sections
    marked = {item.url for item in (*items, *(below for item in items for below in item.children)) if item.current}
    assert {link["href"] for link in soup.select("a[aria-current=page]")} - marked <= {address}
    assert [text.get_text(strip=True) for text in soup.select(".is-current > a, .is-current > details > summary")] == [
        item.title for item in items if item.open
    ]
