"""The newsroom content of a country's page, and the links from articles to it."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from wagtail.models import Collection, CollectionViewRestriction

from aboutus import dossiers
from aboutus.tests.country_pages import DIRECTORY, about, soup
from iom.media.models import SiteDocument
from iom.navigation.tests.pairs import restrict
from iom.tests.addresses import LANGUAGES, article
from iom.tests.factories import SiteImageFactory

pytestmark = pytest.mark.django_db


def test_the_pictures_and_documents_of_the_latest_news_stand_on_its_page(visitor):
    pictures = [SiteImageFactory(title="p", credit=f"Photographer {number}") for number in range(2)]
    documents = [
        SiteDocument.objects.create(title=f"Report {number}", file=ContentFile(b"%PDF", "r.pdf"))
        for number in range(2)
    ]
    hidden = SiteDocument.objects.create(title="Hidden", file=ContentFile(b"%PDF", "h.pdf"))
    hidden.collection = Collection.get_first_root_node().add_child(name="Private")
    hidden.save()
    CollectionViewRestriction.objects.create(collection=hidden.collection, restriction_type="login")
    listed = [
        {"type": "item", "id": f"d{one.pk}", "value": {"document": one.pk, "label": ""}}
        for one in (*documents, hidden)
    ]
    body = [{"type": "documents", "id": "d", "value": {"title": "", "items": listed}}]
    news = [
        about(
            "JP", date=timezone.now() - timedelta(days=day), lead_picture=picture, picture_decorative=True, body=body
        )
        for day, picture in enumerate([pictures[0], pictures[0], pictures[1]])
    ]
    about("KR", lead_picture=SiteImageFactory(title="p", credit="Elsewhere"), picture_decorative=True)
    page = soup(visitor, f"{DIRECTORY['fr']}japon/")

    section = page.select_one("section[aria-labelledby=pictures]")
    assert [link["href"] for link in section.select("a")] == [news[0].url, news[2].url]
    assert [line.text for line in section.select(".meta")] == ["Photographer 0", "Photographer 1"]
    assert len(section.select(".card-picture")) == 2
    titles = [link.text for link in page.select("section[aria-labelledby=documents] a")]
    assert titles == ["Report 0", "Report 1"]


def test_a_bounded_number_of_them_is_shown(visitor, monkeypatch):
    for number in range(4):
        document = SiteDocument.objects.create(title=f"Report {number}", file=ContentFile(b"%PDF", "r.pdf"))
        listed = [{"type": "item", "id": "d", "value": {"document": document.pk, "label": ""}}]
        body = [{"type": "documents", "id": "d", "value": {"title": "", "items": listed}}]
        date = timezone.now() - timedelta(days=number)
        about("JP", date=date, body=body, lead_picture=SiteImageFactory(), picture_decorative=True)

    def shown(**limits):
        for name, value in limits.items():
            monkeypatch.setattr(dossiers, name, value)
        page = soup(visitor, f"{DIRECTORY['fr']}japon/")
        pictures = page.select("section[aria-labelledby=pictures] .card-picture")
        return len(pictures), len(page.select("section[aria-labelledby=documents] a"))

    assert shown() == (3, 4)
    assert shown(PICTURES=2, DOCUMENTS=1) == (2, 1)
    about("KR")  # what is kept is read again
    assert shown(PICTURES=9, DOCUMENTS=9, _RECENT=2) == (2, 2)


def figures(number):
    item = {"number": number, "unit": "", "label": "People", "source": "", "source_url": "", "date": None}
    listed = [{"type": "item", "id": "i", "value": item}]
    return [{"type": "key_figures", "id": "f", "value": {"title": "", "figures": listed}}]


def test_the_latest_figures_of_a_text_about_the_country_alone_stand_on_its_page(visitor):
    now = timezone.now()
    older = about("JP", date=now - timedelta(days=3), body=figures(1111))
    latest = about("JP", date=now - timedelta(days=2), body=figures(2222))
    about("JP", "KR", date=now - timedelta(days=1), body=figures(3333))
    about("JP", date=now)

    def shown():
        section = soup(visitor, f"{DIRECTORY['fr']}japon/").select_one("section[aria-labelledby=figures]")
        return section.select_one(".figures-number").text.replace("\u202f", ""), section.select_one(".meta a")["href"]

    assert shown() == ("2222", latest.url)
    latest.unpublish()
    assert shown() == ("1111", older.url)
    older.unpublish()
    assert soup(visitor, f"{DIRECTORY['fr']}japon/").select_one("section[aria-labelledby=figures]") is None


@pytest.mark.parametrize(
    ("language", "title"), [("fr", "Colombie – Actualités – OIM"), ("en", "Colombia – News – IOM")]
)
def test_its_feeds_are_named_by_what_they_hold(visitor, language, title):
    page = soup(visitor, f"{DIRECTORY[language]}{'colombie' if language == 'fr' else 'colombia'}/")
    feeds = page.select(
        "link[rel=alternate][type*=feed], link[rel=alternate][type*=rss], link[rel=alternate][type*=atom]"
    )
    assert [feed["title"] for feed in feeds] == [f"{title} ({name})" for name in ("RSS", "Atom", "JSON")]
    assert {feed["href"] for feed in feeds} == {link["href"] for link in page.select("main .feeds a")}
    assert visitor.get(feeds[2]["href"]).json()["title"] == title
    assert not soup(visitor, DIRECTORY[language]).select("link[type*=rss]")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_article_leads_to_the_page_of_its_country(visitor, language):
    here = article("mobile-clinics-bogota", language)
    (link,) = [
        link["href"] for link in soup(visitor, here.url).select(".article-end .tags a") if "colomb" in link["href"]
    ]
    assert link.startswith(DIRECTORY[language])
    assert visitor.get(link).status_code == 200


def test_an_article_that_is_not_listed_leads_to_the_newsroom(sign_in):
    here = about("JP", language="fr")
    restrict(here)
    page = soup(sign_in("officer"), here.url)
    assert page.select_one(".article-end .tags a")["href"] == "/fr/actualites/?country=JP"
