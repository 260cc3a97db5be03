"""The press contacts of an article, also of one without its own: the same on its page, in its text and in JSON-LD."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation

from iom.contacts.models import ContactSettings
from iom.tests.addresses import ARTICLES, LANGUAGES, page
from iom.tests.factories import ArticleFactory, OfficeFactory, PressContactFactory
from iom.tests.test_structured_data import data_by_type
from newsroom.models import ArticleContact
from newsroom.press import contents

pytestmark = pytest.mark.django_db


def shown_emails(visitor, article):
    """Returns the email addresses below the text of the page. The plain text and JSON-LD must have the same ones."""
    page = BeautifulSoup(visitor.get(article.url).content, "html5lib")
    shown = [link["href"].removeprefix("mailto:") for link in page.select("main .contact-box a[href^=mailto]")]
    with translation.override(article.locale.language_code):
        text = visitor.get(article.text_url).content.decode()
        assert contents.collect(article).text == text
    points = data_by_type(visitor, article.url)["NewsArticle"]["publisher"].get("contactPoint", [])
    assert [point["email"] for point in points] == shown
    assert all(email in text for email in shown)
    assert ("email" in text or "courriel" in text) == bool(shown)
    return shown


@pytest.fixture
def office():
    return OfficeFactory(parent=OfficeFactory())


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_contact_of_its_own_its_office_answers_else_the_one_above_else_the_press_office(
    visitor, office, language
):
    article = ArticleFactory(language=language, office=office)
    assert shown_emails(visitor, article) == ["press@example.org"]

    above = PressContactFactory(office=office.parent)
    assert shown_emails(visitor, article) == [above.email]
    own = [PressContactFactory(office=office) for _ in range(2)]
    assert shown_emails(visitor, article) == [contact.email for contact in own]


def test_contacts_of_the_article_itself_are_shown_alone(visitor, office):
    PressContactFactory(office=office)
    named = PressContactFactory()
    article = ArticleFactory(office=office)
    article.contacts = [ArticleContact(contact=named)]
    article.save()
    assert shown_emails(visitor, article) == [named.email]


def test_when_the_contact_of_an_article_has_left_its_office_answers(visitor, office):
    ContactSettings.objects.update(press_office=None)
    gone = PressContactFactory(in_post_until=timezone.localdate() - timedelta(days=1))
    here = PressContactFactory(office=office)
    article = ArticleFactory(office=office)
    article.contacts = [ArticleContact(contact=gone)]
    article.save()
    assert shown_emails(visitor, article) == [here.email]


def test_an_article_without_an_office_is_answered_for_by_the_press_office(visitor):
    assert shown_emails(visitor, ArticleFactory(office=None)) == ["press@example.org"]


def test_contacts_within_the_text_are_enough(visitor, office):
    PressContactFactory(office=office)
    within = PressContactFactory()
    box = {"contacts": [{"type": "item", "id": "c1", "value": within.pk}], "media_only": True}
    article = ArticleFactory(office=office, body=[{"type": "contact_box", "id": "b1", "value": box}])
    page = BeautifulSoup(visitor.get(article.url).content, "html5lib")
    assert [link["href"] for link in page.select("main .contact-box a[href^=mailto]")] == [f"mailto:{within.email}"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ARTICLES)
def test_the_bar_for_the_press_leads_to_the_contact_and_the_citation_of_every_article(visitor, name, language):
    shown = BeautifulSoup(visitor.get(page(name, language).url).content, "html5lib")
    places = [shown.select_one(link["href"]) for link in shown.select('.press-bar a[href^="#"]')]

    assert len(places) == 2
    contact, citation = places
    assert contact.select_one(".contact-card")
    assert "cite" in citation["class"]
