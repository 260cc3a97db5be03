"""Pages are accessible without sight: titles, headings, links, labels, languages, and consistent help."""

from itertools import pairwise

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from iom.tests.addresses import LANGUAGES, NAMES, article, other_addresses, page

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("outline")]

FOREIGN = "article with every block"


@pytest.fixture(scope="module", params=LANGUAGES)
def soups(request, django_db_setup, django_db_blocker) -> dict[str, BeautifulSoup]:
    """Returns pages of each type of one language, and other addresses, by name; requested once for all tests."""
    language = request.param
    with django_db_blocker.unblock():
        addresses = {name: page(name, language).url for name in NAMES} | other_addresses(language)
        addresses["password"] = article("border-posts-review", language).url
        return {name: BeautifulSoup(Client().get(url).content, "html5lib") for name, url in addresses.items()}


def text(tag: Tag) -> str:
    return " ".join(tag.get_text().split())


def accessible_name(link: Tag) -> str:
    """Returns the accessible name of a link: its label, or its text and the descriptions of its pictures."""
    pictures = [picture.get("alt", "") for picture in link.select("img")]
    return link.get("aria-label") or " ".join([text(link), *pictures]).strip()


def test_titles_differ_and_begin_with_the_heading(soups):
    titles = {name: text(soup.title) for name, soup in soups.items() if not name.startswith(("search,", "newsroom,"))}
    assert len(set(titles.values())) == len(titles), titles
    for name, title in titles.items():
        assert title.startswith(text(soups[name].h1)) or name == "home", title


def test_headings_skip_no_level(soups):
    for name, soup in soups.items():
        levels = [int(heading.name[1]) for heading in soup.select("h1, h2, h3, h4, h5, h6")]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), (name, levels)


def test_links_of_one_name_below_one_heading_lead_to_one_place(soups):
    for name, soup in soups.items():
        places: dict[tuple[str, str], set[str]] = {}
        for link in soup.select("main a[href]:not(svg a)"):
            assert accessible_name(link), (name, link)
            heading = link.find_previous(["h1", "h2", "h3"])
            places.setdefault((accessible_name(link), text(heading) if heading else ""), set()).add(link["href"])
        assert not {words: found for words, found in places.items() if len(found) > 1}, name


def test_menu_help_and_footer_keep_their_order_on_every_page(soups):
    for part in ("#menu a", "footer a:not(.languages a)", "footer h2"):
        orders = {
            name: tuple((text(link), link.get("href")) for link in soup.select(part)) for name, soup in soups.items()
        }
        assert len(set(orders.values())) == 1, part
    footer = soups["home"].footer
    for help_link in ("#footer-press", "#footer-help"):
        assert footer.select_one(help_link)


def test_every_picture_says_what_it_shows_or_that_it_shows_nothing(soups):
    for name, soup in soups.items():
        assert not soup.select("img:not([alt])"), name
        assert not soup.select("svg:not([aria-hidden=true], [role=img])"), name


def test_every_field_has_a_label_of_its_own(soups):
    for name, soup in soups.items():
        for field in soup.select("input:not([type=hidden]), select"):
            label = (
                soup.find("label", attrs={"for": field.get("id")}) if field.get("id") else field.find_parent("label")
            )
            assert label, (name, field)
            assert text(label), (name, field)
    password = soups["password"].select_one("[type=password]")
    assert password["autocomplete"] == "current-password"


def test_a_filter_of_several_values_is_labelled_by_its_legend_and_its_choice(soups):
    summaries = soups["newsroom, filtered"].select("summary.choice-summary")
    assert summaries
    for summary in summaries:
        label, value = (soups["newsroom, filtered"].find(id=key) for key in summary["aria-labelledby"].split())
        assert text(label) == text(summary.find_parent(class_="filter").legend)
        assert value is summary


def test_what_is_read_aloud_holds_the_words_that_are_seen(soups):
    for name, soup in soups.items():
        for labelled in soup.select("a[aria-label], button[aria-label]"):
            assert text(labelled) in labelled["aria-label"], (name, labelled)


def test_passages_in_another_language_say_so(soups):
    soup = soups[FOREIGN]
    arabic = soup.select_one("blockquote[lang=ar]")
    assert arabic["dir"] == "rtl"
    own = soup.html["lang"]
    for soup in soups.values():
        for link in soup.select("header .languages a, footer .languages a"):
            assert link["lang"] == link["hreflang"] != own


def test_what_changes_without_a_new_page_is_announced(soups):
    for name in (FOREIGN, "article", "corrected article"):
        assert soups[name].select_one(".share [role=status]") is not None


def test_countries_on_the_map_are_links_in_the_list_beside_it_with_the_same_words(soups):
    for soup in (soups["map"], soups["home"]):
        listed = {
            link["href"]: f"{text(link)} – {text(link.find_next_sibling('span'))}"
            for link in soup.select(".map-regions a")
        }
        drawn = {link["href"]: text(link.title) for link in soup.select(".map-countries a")}
        assert drawn
        assert drawn.items() <= listed.items()
