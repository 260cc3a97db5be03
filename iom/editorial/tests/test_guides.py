"""The guides: in both languages, with their pictures, in the words of the interface."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst

from iom.editorial import guides
from iom.tests.words import words

LANGUAGES = ("fr", "en")


def text(name, language):
    return (settings.BASE_DIR / "docs" / f"{name}.{language}.md").read_text()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", guides.GUIDES)
def test_a_guide_is_read_in_the_admin_in_the_readers_language(sign_in, name, language):
    answer = sign_in("translator.en").get(
        reverse("editorial_guide", args=[name]), headers={"accept-language": language}
    )

    first = re.search(r"^## (.+)$", text(name, language), re.MULTILINE)[1]
    assert answer.status_code == 200
    assert f">{first}</h2>" in answer.content.decode()


@pytest.mark.parametrize("name", guides.GUIDES)
def test_the_help_menu_leads_to_it(sign_in, name):
    assert reverse("editorial_guide", args=[name]) in sign_in("translator.fr").get("/admin/").content.decode()


def test_what_is_no_guide_is_not_found_and_a_visitor_signs_in_first(sign_in, visitor):
    assert sign_in("officer").get(reverse("editorial_guide", args=["readme"])).status_code == 404
    assert "/login/" in visitor.get(reverse("editorial_guide", args=["translators"])).headers["location"]


@pytest.mark.parametrize("name", guides.GUIDES)
def test_both_languages_have_the_same_sections_and_pictures(name):
    french, english = (guides.render(text(name, language)) for language in LANGUAGES)
    assert len(french[1]) == len(english[1]) > 5
    assert french[0].count("<img") == english[0].count("<img")
    for language in LANGUAGES:
        for picture in re.findall(r"\]\(\.\./(static/[^)]+)\)", text(name, language)):
            assert (settings.BASE_DIR / picture).exists()


@pytest.mark.parametrize("name", guides.GUIDES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_guide_calls_a_button_is_what_the_interface_calls_it(name, language):
    labels = {capfirst(said) for _entry, (said, *_plural) in words(language)}  # as a form shows the name of a field
    buttons = re.findall(r"(?<!\*)\*([^*\n]+)\*(?!\*)", text(name, language).replace("\n", " "))
    assert buttons
    assert [button for button in buttons if capfirst(button) not in labels] == []
