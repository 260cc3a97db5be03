"""The structured data of pages (JSON-LD with the vocabulary of schema.org)."""

import json
from datetime import UTC, date, datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders

from aboutus.models import StructurePage
from iom.contacts.models import ContactSettings
from iom.listing.writing import refresh
from iom.media.models import SiteImage
from iom.seo.tests.vocabulary import errors
from iom.tests.addresses import CORRECTIONS, COUNTRY, LANGUAGES, NAMES, NEWS, NEWS_ALONE, SEARCH, article, page
from iom.tests.factories import ArticleFactory, OfficeFactory
from newsroom.dates import noon
from newsroom.models import Correction

SITE = "https://www.example.org"


def things(visitor, address):
    """Returns the structured data of the page at the address."""
    elements = BeautifulSoup(visitor.get(address).content, "html5lib").select('script[type="application/ld+json"]')
    if not elements:
        return []
    (element,) = elements
    data = json.loads(element.string)
    assert data["@context"] == "https://schema.org"
    assert element.find_parent("head") is not None
    return data["@graph"]


def data_by_type(visitor, address):
    """Returns the structured data by type; of several things of a type the last."""
    return {thing["@type"]: thing for thing in things(visitor, address)}


def find_errors(visitor, address):
    return [error for thing in things(visitor, address) for error in errors(thing)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_the_structured_data_of_a_page_is_valid(visitor, name, language):
    here = page(name, language).url
    assert things(visitor, here)
    assert not find_errors(visitor, here)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("addresses", [COUNTRY, NEWS_ALONE, CORRECTIONS])
def test_the_structured_data_of_a_route_is_valid(visitor, addresses, language):
    assert not find_errors(visitor, addresses[language])
    by_type = data_by_type(visitor, addresses[language])
    steps = by_type["BreadcrumbList"]["itemListElement"]
    assert steps[-1]["item"] == {"@id": SITE + addresses[language]}
    assert ("GovernmentOrganization" in by_type) == (addresses is COUNTRY)


def test_the_structured_data_of_every_office_of_a_country_is_valid(visitor):
    OfficeFactory(country="HT")
    offices = [one for one in things(visitor, COUNTRY["fr"]) if one["@type"] == "GovernmentOrganization"]

    assert len(offices) > 1
    assert not find_errors(visitor, COUNTRY["fr"])


def test_search_and_error_pages_have_no_structured_data(visitor):
    assert data_by_type(visitor, SEARCH["fr"]) == data_by_type(visitor, "/fr/rien-ici/") == {}


def test_errors_finds_what_is_not_in_the_vocabulary():
    assert list(errors({"@type": "Artikel"}))
    assert list(errors({"@type": "NewsArticle", "correctedBy": "x"}))
    assert list(errors({"@type": "Person", "headline": "x"})), "a property of another type"
    assert list(errors({"@type": "NewsArticle", "publisher": {"@type": "Country", "name": "x"}}))
    assert list(errors({"@type": "NewsArticle", "datePublished": "1 March 2016"}))
    assert list(errors({"@type": "NewsArticle", "url": "/en/"}))
    assert not list(errors({"@type": "NewsArticle", "headline": "x", "datePublished": "2016-03-01"}))


@pytest.mark.parametrize(("language", "name"), [("fr", "Accueil"), ("en", "Home")])
def test_the_breadcrumb_list_has_the_breadcrumbs_of_the_page(visitor, language, name):
    here = article("mobile-clinics-bogota", language)
    steps = data_by_type(visitor, here.url)["BreadcrumbList"]["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert [step["name"] for step in steps] == [name, here.get_parent().title, here.title]
    assert [step["item"]["@id"] for step in steps] == [
        f"{SITE}/{language}/", f"{SITE}{here.get_parent().url_path}", f"{SITE}{here.url}"
    ]  # fmt: skip


def test_the_structured_data_of_an_article_have_its_content(visitor):
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    here = ArticleFactory(language="en", title="Title", summary="Summary.", place="Cairo", date=moment)
    things = data_by_type(visitor, here.url)["NewsArticle"]

    assert (things["headline"], things["description"], things["dateline"]) == ("Title", "Summary.", "Cairo")
    assert things["url"] == things["mainEntityOfPage"] == f"{SITE}{here.url}"
    assert things["inLanguage"] == "en"
    assert things["datePublished"] == things["dateModified"] == "2026-03-01T00:00:00Z"
    assert things["publisher"]["alternateName"] == "IOM"
    assert not {"image", "correction", "workTranslation", "translationOfWork"} & set(things), "what is not there"


def test_the_structured_data_have_the_update_and_the_corrections(visitor):
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    here = ArticleFactory(language="en", date=moment, updated_at=datetime(2026, 3, 2, tzinfo=UTC))
    Correction.objects.create(article=here, date=date(2026, 3, 2), text="It was 40, not 400.", locale=here.locale)
    things = data_by_type(visitor, here.url)["NewsArticle"]

    assert things["dateModified"] == "2026-03-02T00:00:00Z"
    assert things["correction"] == [
        {"@type": "CorrectionComment", "text": "It was 40, not 400.", "datePublished": "2026-03-02"}
    ]


def test_the_structured_data_give_only_the_day_where_the_hour_is_unknown(visitor):
    here = ArticleFactory(language="en", date=noon(date(2016, 2, 29)))
    things = data_by_type(visitor, here.url)["NewsArticle"]

    assert things["datePublished"] == things["dateModified"] == "2016-02-29"
    page = visitor.get(here.url).content.decode()
    assert '<meta property="article:published_time" content="2016-02-29">' in page
    assert "article:modified_time" not in page


def test_a_later_correction_changes_the_date_modified_as_in_feeds(visitor):
    fields = {"date": datetime(2031, 3, 1, tzinfo=UTC), "updated_at": datetime(2031, 3, 2, tzinfo=UTC)}
    here = ArticleFactory(language="en", **fields)
    for day in (5, 4):
        Correction.objects.create(article=here, date=date(2031, 3, day), text="40.", locale=here.locale)
    refresh([here.pk])
    changed = data_by_type(visitor, here.url)["NewsArticle"]["dateModified"]

    assert changed == "2031-03-05T00:00:00+01:00"
    assert changed == json.loads(visitor.get(f"{NEWS['en']}json/").content)["items"][0]["date_modified"]
    assert f'<meta property="article:modified_time" content="{changed}">' in visitor.get(here.url).content.decode()


def test_the_picture_of_an_article_has_its_credit(visitor):
    image = SiteImage.objects.exclude(credit="").first()
    file = {"fill-1200x630|format-jpeg": ["images/road.jpg", 1200, 630]}
    SiteImage.objects.filter(pk=image.pk).update(rendition_map=file)
    here = ArticleFactory(language="en", lead_picture=image, picture_alt="A road", picture_caption="A road at dawn")

    assert data_by_type(visitor, here.url)["NewsArticle"]["image"] == {
        "@type": "ImageObject",
        "url": f"{SITE}/media/images/road.jpg",
        "creditText": image.credit.replace("OIM", "IOM"),
        "caption": "A road at dawn",
    }


def test_an_article_and_its_translation_refer_to_each_other(visitor):
    french, english = (article("mobile-clinics-bogota", language) for language in LANGUAGES)
    original, other = sorted((french, english), key=lambda text: text.pk)

    assert [text["url"] for text in data_by_type(visitor, original.url)["NewsArticle"]["workTranslation"]] == [
        SITE + other.url
    ]
    assert data_by_type(visitor, other.url)["NewsArticle"]["translationOfWork"]["url"] == SITE + original.url

    type(other).objects.filter(pk=other.pk).update(live=False)
    assert "workTranslation" not in data_by_type(visitor, original.url)["NewsArticle"], "what readers may not know of"


def test_the_contact_points_are_the_current_media_contacts_of_the_article(visitor):
    here = article("seasonal-workers-guide", "en")
    contacts = data_by_type(visitor, here.url)["NewsArticle"]["publisher"]["contactPoint"]
    cards = here.cards()

    assert [contact.get("email") for contact in contacts] == [card.email for card in cards]
    assert [contact.get("name", "") for contact in contacts] == [card.name for card in cards]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_describes_the_organization(visitor, language):
    organization = data_by_type(visitor, f"/{language}/")["GovernmentOrganization"]
    accounts = [account.value["url"] for account in ContactSettings.current().social_accounts]

    assert organization["alternateName"] == {"fr": "OIM", "en": "IOM"}[language]
    assert organization["sameAs"] == accounts != []
    assert finders.find(organization["logo"].removeprefix(f"{SITE}/static/"))


def test_a_post_names_its_holder_unless_it_is_vacant(visitor):
    post = StructurePage.objects.exclude(holder_name="").exclude(status="vacant").filter(live=True).first()
    person = data_by_type(visitor, post.url)["Person"]
    assert person["name"] == post.holder_name
    assert person["worksFor"]["@type"] == "GovernmentOrganization"

    StructurePage.objects.filter(pk=post.pk).update(status="vacant")
    assert "Person" not in data_by_type(visitor, post.url)


def test_a_title_cannot_end_the_script_element(visitor):
    title = '</script><script>alert(1)</script> & “quotes” "straight" \u2028'
    here = ArticleFactory(language="en", title=title)

    assert data_by_type(visitor, here.url)["NewsArticle"]["headline"] == title
    content = visitor.get(here.url).content.decode()
    assert "<script>alert" not in content
