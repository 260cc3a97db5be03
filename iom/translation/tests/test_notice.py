"""Readers of a translation see a notice if the meaning of its original has changed since."""

import pytest
from wagtail.models import PageViewRestriction

from iom.tests.addresses import page
from iom.tests.factories import ArticleFactory
from iom.tests.test_queries import queries
from iom.translation.models import TranslationState
from iom.translation.tests.desk import body, key_figure, prefill, publish, republish, translated
from newsroom.models import NewsArticle

OTHER = {"en": "fr", "fr": "en"}


def pair(language):
    """An original in the other language and its published translation."""
    original = ArticleFactory(language=OTHER[language], title="Titre", summary="Résumé.", body=body("Un."))
    original = republish(original)
    return original, translated(original, NewsArticle(title="Title", summary="Summary.", body=body("One.")), language)[
        1
    ]


def change(original, **how):
    original.body = body("Tout autre chose.")
    return republish(original, **how)


def link_to(original, language):
    return f'<a hreflang="{OTHER[language]}" href="{original.url}">'


def notice(client, translation):
    """Returns the text of the page's notice; empty if there is none."""
    text = client.get(translation.url).content.decode()
    return text.split('<p class="notice">')[1].split("</p>")[0] if '<p class="notice">' in text else None


@pytest.mark.parametrize("language", ["fr", "en"])
def test_readers_are_told_and_led_to_the_original(visitor, language):
    original, translation = pair(language)
    assert notice(visitor, translation) is None
    original = change(original)
    assert link_to(original, language) in notice(visitor, translation)
    assert notice(visitor, original) is None


def test_the_notice_says_what_to_do(visitor):
    original, translation = pair("en")
    change(original)
    assert "The original has changed since this translation." in notice(visitor, translation)
    assert ">Read the original</a>" in notice(visitor, translation)


def test_a_minor_correction_is_not_told(visitor):
    original, translation = pair("en")
    change(original, minor=True)
    assert notice(visitor, translation) is None


@pytest.mark.parametrize("after", [body("Un."), [*body("Un.", "Deux."), key_figure(2500, "personnes")]])
def test_what_is_taken_out_or_corrected_while_a_minor_correction_waits_is_told(visitor, after):
    before = [*body("Un.", "Deux."), key_figure(250, "personnes")]
    original = republish(ArticleFactory(title="Titre", summary="Résumé.", body=before))
    words = [*body("One.", "Two."), key_figure(250, "people")]
    state, translation = translated(original, NewsArticle(title="Title", summary="Summary.", body=words))
    original.title = "Titre !"
    original = republish(original, minor=True)
    original.body = after
    original = republish(original)
    assert notice(visitor, translation) is not None

    prefill(state, original, NewsArticle(title="Title!", summary="Summary.", body=words[: len(after)]))
    publish(TranslationState.objects.get(pk=state.pk))
    assert notice(visitor, translation) is None


def test_a_whole_translation_gets_a_corrected_figure_and_no_notice(visitor):
    original = republish(ArticleFactory(title="Titre", summary="Résumé.", body=[key_figure(250, "personnes")]))
    words = NewsArticle(title="Title", summary="Summary.", body=[key_figure(250, "people")])
    _state, translation = translated(original, words)
    original.body = [key_figure(2500, "personnes")]
    republish(original)
    assert notice(visitor, translation) is None
    assert "2,500" in visitor.get(translation.url).content.decode()


def test_an_original_that_visitors_may_not_see_is_not_named(visitor):
    original, translation = pair("en")
    original = change(original)
    original.live = False
    original.save()
    assert notice(visitor, translation) is None


def test_an_original_behind_a_password_is_not_named_on_its_open_translation(visitor):
    original, translation = pair("en")
    original = change(original)
    PageViewRestriction.objects.create(page=original, restriction_type="password", password="secret")
    assert notice(visitor, translation) is None


def test_a_translation_taken_out_of_the_desks_hands_is_its_editors_business(visitor):
    original, translation = pair("en")
    change(original)
    state = TranslationState.objects.get(page=translation)
    state.translation.enabled = False
    state.translation.save()
    assert notice(visitor, translation) is None


def test_the_notice_costs_no_query(visitor):
    original, translation = pair("en")
    before = len(queries(visitor, translation.url))
    change(original)
    assert notice(visitor, translation) is not None
    assert len(queries(visitor, translation.url)) == before


def test_a_section_says_so_too_but_not_the_countries_below_it(visitor):
    section = page("map", "en")
    state = TranslationState.objects.get(page=section)
    original = state.original.page.specific
    original.introduction = "Tout autre chose."
    republish(original)
    country = f"{section.url}canada/"
    assert notice(visitor, section) is not None
    assert visitor.get(country).status_code == 200
    assert "The original has changed" not in visitor.get(country).content.decode()
