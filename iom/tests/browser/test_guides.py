"""Each guide done step by step, by its headings and with its words: a button that has another name is not found."""

import pytest

from iom.tests.browser import administrators_guide, officers_guide, translators_guide
from iom.tests.browser.guide_runner import follow

pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_press_officer_does_what_the_guide_says(site, signed_in, visit, language):
    officer = officers_guide.Officer(site, signed_in, visit, language)
    follow("officers", language, officers_guide.STEPS, officer)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_translator_does_what_the_guide_says(site, signed_in, language):
    translator = translators_guide.Translator(site, signed_in, language)
    follow("translators", language, translators_guide.STEPS, translator)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_administrator_does_what_the_guide_says(site, visit, language):
    administrator = administrators_guide.Administrator(site, visit, language)
    try:
        follow("administrators", language, administrators_guide.STEPS, administrator)
    finally:
        administrator.undo()
