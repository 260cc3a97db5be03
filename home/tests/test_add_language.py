"""`manage.py add_language`: what it refuses, what it creates, and what it reports as left to do."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale, Page

from home.models import HomePage
from iom.contacts.models import Office
from iom.tests.catalogues import catalogue
from iom.tests.factories import ArticleFactory
from iom.tests.new_languages import publish_translation, settings_with
from iom.translation.models import JointPublication, TranslationState
from newsroom.models import Topic


def run(code):
    said = StringIO()
    call_command("add_language", code, stdout=said)
    return said.getvalue()


def test_a_language_that_the_settings_do_not_have_is_refused_with_the_line_to_add(db):
    with pytest.raises(CommandError, match="LANGUAGES=fr,en,es"):
        run("es")
    assert not Locale.objects.filter(language_code="es")


def test_a_language_without_any_catalogue_is_refused(db):
    with settings_with("so"), pytest.raises(CommandError, match=r"iom/locale/so/LC_MESSAGES/django\.po"):
        run("so")
    assert not Locale.objects.filter(language_code="so")


def test_an_empty_home_page_is_given_to_nobody_before_it_is_published(db, visitor):
    """Until it is translated, neither the redirect from `/` nor the language switch nor search leads there."""
    with settings_with("es"):
        assert "is not public" in run("es")

        assert visitor.get("/", headers={"accept-language": "es,en;q=0.5"}).headers["Location"] == "/en/"
        assert visitor.get("/es/").status_code == 404
        for address in ("/fr/", "/fr/rien/", "/fr/recherche/?q=fleuve"):
            assert "/es/" not in visitor.get(address).content.decode()


def test_it_is_given_to_whoever_prefers_its_language_once_it_is_published(db, visitor):
    with settings_with("es"):
        run("es")
        publish_translation(HomePage.objects.get(slug="es").translation_state)
        answer = visitor.get("/fr/rien/")

        assert "has no readers" not in run("es")
        assert visitor.get("/", headers={"accept-language": "es,en;q=0.5"}).headers["Location"] == "/es/"
        assert 'href="/es/"' in answer.content.decode()
        assert visitor.get("/es/").status_code == 200


def test_a_language_of_one_territory_is_added(db, visitor):
    with settings_with("pt-br"):
        assert "“Português (Brasil)”" in run("pt-br")
        HomePage.objects.filter(slug="pt-br").update(live=True)
        answer = visitor.get("/pt-br/")
        assert answer.status_code == 200
        assert '<html lang="pt-br"' in answer.content.decode()


def test_before_a_language_of_the_settings_is_added_search_and_door_work(db, visitor):
    with settings_with("es"):
        assert visitor.get("/", headers={"accept-language": "es"}).headers["Location"] == "/fr/"
        for address in ("/fr/recherche/?q=zzzz", "/fr/recherche/?q=fleuve", "/fr/rien/", "/fr/"):
            answer = visitor.get(address)
            assert answer.status_code == (404 if "rien" in address else 200)
            assert "/es/" not in answer.content.decode()
        with override("es"):
            search = reverse("search")
        assert visitor.get(f"{search}?q=zzzz").status_code == 404


def test_the_home_page_has_no_text_of_another_language(db, visitor):
    """Words of the interface come from Django, Wagtail and CLDR; the others are in French, as the command reports."""
    with settings_with("es"):
        report = run("es")
        home = HomePage.objects.get(slug="es")
        HomePage.objects.filter(pk=home.pk).update(live=True)
        answer = visitor.get("/es/")

        assert "“Español”" in report
        assert f"{len(catalogue('fr'))} messages of the interface are shown in fr" in report
        assert "“Translators into Spanish”" in report
        for folder in ("newsroom/importing/structure/vocabulary", "search/languages", "iom/checks/languages"):
            assert f"{folder}/es.toml is missing" in report
        assert "iom/translation/checks/languages/es.toml is missing" in report
        addresses = [entry for entry in catalogue("fr") if entry.msgctxt == "address"]
        assert f"{len(addresses)} of them are addresses" in report
        for model in (Office, Topic):
            assert f"{model.__name__}: {model.objects.count()} without a name" in report
        assert answer.status_code == 200
        for page in Page.objects.filter(depth__gt=2).values_list("title", flat=True):
            assert page not in answer.content.decode()
        assert home.translation_state.step == TranslationState.Step.TO_TRANSLATE


def test_a_new_language_holds_no_publication_back(db):
    """An article that is published in all languages together waits for those that have its section."""
    article = ArticleFactory(live=False, published_together=True)
    with settings_with("es"):
        run("es")
        article.save_revision().publish()
        waiting = JointPublication.objects.get(page=article.pk)
        publish_translation(TranslationState.objects.get(original=article.pk, locale__language_code="en"))

        assert not JointPublication.objects.filter(pk=waiting.pk).exists()
        assert type(article).objects.get(pk=article.pk).live
