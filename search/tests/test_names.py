"""What is found by the names of people and topics, which are read when someone searches."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aboutus.models import StructurePage
from iom.contacts.models import Office, PressContact
from iom.navigation.tests.pairs import restrict
from iom.tests.factories import ArticleFactory
from newsroom.kinds import Kind
from newsroom.models import ArticleContact, ArticleCountry, NewsArticle
from search import engine
from search.models import Word

pytestmark = pytest.mark.django_db


def found(text, language="fr"):
    return [result.url for result in engine.search(language, text)]


def test_an_article_is_found_by_its_press_contact_until_the_contact_leaves():
    office = Office.objects.filter(country="CO").first()
    contact = PressContact.objects.create(name="Ulrich Tannhuber", office=office, email="u@example.org")
    about = ArticleFactory()
    ArticleContact.objects.create(article=about, contact=contact)
    about.save_revision().publish()
    assert about.url in found("ulrich tannhuber")
    contact.in_post_until = timezone.localdate() - timedelta(days=1)
    contact.save()
    assert about.url not in found("ulrich tannhuber")


def test_a_contact_is_found_by_a_name_that_nobody_else_has():
    office = Office.objects.filter(country="CO").first()
    about = {}
    for name in ("Ulrich Tannhuber", "Ulrich Zwettl"):
        contact = PressContact.objects.create(name=name, office=office, email="u@example.org")
        about[name] = ArticleFactory()
        ArticleContact.objects.create(article=about[name], contact=contact)
        about[name].save_revision().publish()
    assert found("tannhuber")[:2] == ["/fr/ou-travaillons-nous/colombie/", about["Ulrich Tannhuber"].url]
    assert about["Ulrich Zwettl"].url not in found("tannhuber")
    assert not {article.url for article in about.values()} & set(found("ulrich"))


def test_the_chart_is_found_by_the_title_of_a_post():
    assert "/en/who-we-are/structure/organisational-structure/" in found("chief of staff", "en")


def test_the_chart_is_found_by_the_holder_of_a_post():
    chart = "/en/who-we-are/structure/organisational-structure/"
    assert chart in found("Amy Pope", "en")
    assert chart in found("pope", "en")
    StructurePage.objects.filter(holder_name="Amy Pope").update(status=StructurePage.Status.VACANT)
    assert chart not in found("Amy Pope", "en")


def test_the_chart_is_not_found_by_the_holder_of_a_hidden_post():
    post = StructurePage.objects.filter(locale__language_code="fr").exclude(holder_name="").latest("pk")
    post.holder_name = "Quetzal Pteranodon"
    post.save()
    assert found("Pteranodon")
    restrict(post)
    assert found("Pteranodon") == []


def test_a_page_with_half_of_a_name_follows_those_with_all_of_it():
    whole = ArticleFactory(title="Le retour volontaire et la réintégration")
    half = ArticleFactory(title="Le retour du caravansérail")
    shown = found("retour volontaire et réintégration")
    assert whole.url in shown
    assert half.url not in shown[: shown.index(whole.url)]


def test_a_word_is_corrected_to_one_whose_synonyms_pages_have():
    assert not Word.objects.filter(language="en", form="hurricane").exists()
    results = engine.search("en", "hurricaine")
    assert results.corrected == "hurricane"
    assert results.hits


def test_the_name_of_a_country_without_a_page_is_not_read_word_by_word():
    mentioned = ArticleFactory(title="La côte est longue")
    assert mentioned.url in found("côte")
    assert found("cote d ivoire") == []
    about = ArticleFactory(title="Un marché à Abidjan")
    ArticleCountry.objects.create(article=about, country="CI")
    about.save_revision().publish()
    assert about.url in found("cote d ivoire")
    assert mentioned.url not in found("cote d ivoire")


@pytest.mark.parametrize(("language", "name"), [("fr", "press release"), ("en", "avis aux médias")])
def test_news_of_a_kind_are_found_by_its_name_in_another_language(language, name):
    kind = {"press release": Kind.PRESS_RELEASE, "avis aux médias": Kind.MEDIA_ADVISORY}[name]
    found = [hit.page for hit in engine.search(language, name).hits if hit.is_article]
    assert [NewsArticle.objects.get(pk=page).kind for page in found[:2]] == [kind] * 2
