"""Topics in a language that is added to the site later, without a new column or migration."""

import pytest
from django.core.management import call_command
from wagtail.models import Locale, Page

from home.models import HomePage
from iom.tests.factories import ArticleFactory, TopicFactory
from newsroom.models import ArticleTopic, NewsArticle, NewsIndex
from newsroom.tests.test_topic_screen import edit, save

NEWS = "/es/noticias/"


@pytest.fixture
def spanish(db, settings):
    """A newsroom in Spanish with an article, which has two topics without a Spanish name."""
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*settings.LANGUAGES, ("es", "Español")]
    locale = Locale.objects.create(language_code="es")
    home = Page.get_first_root_node().add_child(instance=HomePage(title="Inicio", slug="es", locale=locale))
    newsroom = home.add_child(instance=NewsIndex(title="Noticias", slug="noticias", locale=locale))
    article = ArticleFactory(parent=newsroom, locale=locale, title="La presa", slug="la-presa")
    article.topics = [ArticleTopic(topic=TopicFactory(fr=fr, en=en)) for fr, en in (("Eau", "Water"), ("Sol", "Soil"))]
    article.save()
    return NewsArticle.objects.get(pk=article.pk)


def test_a_topic_is_shown_where_it_has_been_given_a_name(spanish, sign_in, visitor):
    assert "agua" not in visitor.get(NEWS).content.decode()
    water = spanish.topics.first().topic

    assert save(sign_in("editor"), edit(water), es="Agua y ríos").status_code == 302

    article, index = visitor.get(f"{NEWS}la-presa/"), visitor.get(NEWS)
    assert [(row.name, row.slug) for row in article.context["topics"]] == [("Agua y ríos", "agua-y-rios")]
    assert f"{NEWS}?topic=agua-y-rios" in article.content.decode()
    assert index.context["options"]["topic"] == [("agua-y-rios", "Agua y ríos", 1)]
    for name in ("Eau", "Water", "Sol", "Soil"):
        assert f">{name}<" not in article.content.decode() + index.content.decode()


@pytest.mark.parametrize(("path", "has_all"), [("", True), ("rss/", False)])
def test_articles_are_filtered_by_the_address_that_a_topic_has_there(spanish, sign_in, visitor, path, has_all):
    save(sign_in("editor"), edit(spanish.topics.first().topic), es="Agua")
    ArticleFactory(parent=spanish.get_parent(), locale=spanish.locale, title="Otra cosa")

    def listed(query):
        text = visitor.get(f"{NEWS}{path}?topic={query}").content.decode()
        return "La presa" in text, "Otra cosa" in text

    assert listed("agua") == (True, False)
    for unknown in ("eau", "water", "sol"):
        assert listed(unknown) == (has_all, has_all), "the address of another language is unknown"


def test_no_migration_is_missing_for_it(spanish):
    call_command("makemigrations", "contacts", "newsroom", check=True, dry_run=True, verbosity=0)
