"""Page listings and the page editor show the progress of translations."""

import pytest
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Locale

from iom.tests.factories import ArticleFactory
from iom.translation.models import TranslationState
from iom.translation.tests import bulk_translations
from iom.translation.tests.desk import body, republish, translated
from iom.translation.tests.test_desk import in_english, statements, user
from newsroom.models import NewsArticle, NewsIndex


@pytest.fixture
def original(db):
    return republish(ArticleFactory(title="Titre", summary="Résumé.", body=body("Un.")))


@pytest.fixture
def state(original):
    return TranslationState.objects.get(original=original.pk)


def listing(language):
    return reverse("wagtailadmin_explore", args=[NewsIndex.objects.get(locale__language_code=language).pk])


def get_lines(client, page, language):
    """Returns the translation column of a page: labels with their URLs, and whether it is a translation."""
    answer = in_english(client).get(listing(language))
    assert answer.status_code == 200
    row = next(row for row in answer.context["object_list"] if row.pk == page.pk)
    with override("en"):
        return [(str(line.tag.label), line.url) for line in row.translation_lines], row.is_translation


def editor(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_the_listing_shows_the_progress_of_each_translation(sign_in, original, state):
    client = sign_in("officer")
    assert get_lines(client, original, "fr") == ([("To translate", editor(state.page))], False)
    translated(original, NewsArticle(title="Title", summary="Summary.", body=body("One.")))
    assert get_lines(client, original, "fr") == ([("Translated", editor(state.page))], False)
    assert get_lines(client, state.page, "en") == ([("Translated", editor(state.page))], True)
    original.body = body("Tout autre chose.")
    republish(original)
    assert get_lines(client, original, "fr") == ([("To update", editor(state.page))], False)
    assert " since " in " ".join(client.get(listing("fr")).content.decode().split())


def test_a_translator_is_led_to_no_editor_but_their_own_languages(sign_in, original, state):
    assert get_lines(sign_in("translator.en"), state.page, "en") == ([("To translate", editor(state.page))], True)
    found = in_english(sign_in("translator.en")).get(listing("fr"))
    assert found.status_code == 302  # their own home page is where their explorer begins


def test_texts_that_were_never_submitted_are_shown_too(sign_in, original, state):
    state.translation.delete()
    assert get_lines(sign_in("officer"), original, "fr") == ([("To translate", None)], False)


def test_searches_and_listings_of_a_type_show_the_progress_too(sign_in, original):
    client = in_english(sign_in("officer"))
    by_type = reverse("wagtailadmin_pages:type_use", args=["newsroom", "newsarticle"])
    for address in (by_type, reverse("wagtailadmin_pages:search") + "?q=Titre"):
        assert "To translate" in client.get(address).content.decode()


def test_the_root_is_listed(sign_in, db):
    assert sign_in("admin").get(reverse("wagtailadmin_explore_root")).status_code == 200


@pytest.mark.parametrize(("account", "language"), [("officer", "fr"), ("translator.en", "en")])
def test_the_listing_costs_the_same_however_many_translations(sign_in, account, language):
    client = sign_in(account)
    addresses = [listing(language), listing(language) + "results/"]
    bulk_translations.create_translations(10)
    few = {address: len(statements(client, address)) for address in addresses}
    bulk_translations.create_translations(300)
    for address in addresses:
        lot = statements(client, address)
        assert len(lot) == few[address], "\n\n".join(lot)
        assert len(lot) <= 40, "\n\n".join(lot)  # three of them ours, the others Wagtail's


def panel(client, page):
    return in_english(client).get(editor(page)).content.decode()


def test_the_editor_of_an_original_shows_its_translations(sign_in, original, state):
    TranslationState.objects.update(claimed_by=user("translator.en"))
    text = panel(sign_in("officer"), original)
    assert 'data-side-panel="translation"' in text
    assert "Claimed by Robin Translator" in text
    assert editor(state.page) in text
    assert reverse("translation_submit", args=[original.pk]) in text


def test_every_other_language_has_its_place_in_the_panel(sign_in, original, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("es", "Spanish")]
    Locale.objects.create(language_code="es")
    text = panel(sign_in("officer"), original)
    assert "Spanish" in text


def test_a_page_that_is_not_saved_yet_has_the_panels_place_and_nothing_to_submit(sign_in):
    """Wagtail fills the panel once it has saved the page, when the screen continues as its editor."""
    index = NewsIndex.objects.get(locale__language_code="fr")
    text = sign_in("officer").get(reverse("wagtailadmin_pages:add", args=["newsroom", "newsarticle", index.pk]))
    assert 'data-side-panel="translation"' in text.content.decode()
    assert "/submit/" not in text.content.decode()
