"""The guides exist in both languages, show their pictures, and use the interface's words."""

import re
from functools import cache
from pathlib import Path

import polib
import pytest
import wagtail
from django.conf import settings
from django.core.files.storage import storages
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, override

from iom.editorial import guides
from iom.tests.catalogues import read_messages

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


def test_a_guide_is_shown_without_a_picture_that_is_missing_and_the_log_names_it(sign_in, caplog, monkeypatch):
    backend = "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
    monkeypatch.setattr(guides, "static", storages.create_storage({"BACKEND": backend}).url)  # its manifest is empty

    answer = sign_in("officer").get(reverse("editorial_guide", args=["officers"]))

    assert answer.status_code == 200
    assert 'src="/static/img/guides' not in answer.content.decode()
    assert "img/guides/" in caplog.text


@pytest.mark.parametrize("name", guides.GUIDES)
def test_the_help_menu_leads_to_it(sign_in, name):
    assert reverse("editorial_guide", args=[name]) in sign_in("translator.fr").get("/admin/").content.decode()


def test_an_unknown_guide_is_not_found_and_a_visitor_signs_in_first(sign_in, visitor):
    assert sign_in("officer").get(reverse("editorial_guide", args=["readme"])).status_code == 404
    assert "/sign-in/" in visitor.get(reverse("editorial_guide", args=["translators"])).headers["location"]


def sections(name, language):
    """Returns the headings with their levels, and the bold words and pictures below each."""
    _before, *parts = re.split(r"^(#+) (.+)$", text(name, language), flags=re.MULTILINE)
    return [
        (len(marks), title, bold(body), len(re.findall(r"!\[[^\]]+\]\(", body)))
        for marks, title, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    ]


def bold(body):
    return [re.sub(r"[ \n]+", " ", word) for word in re.findall(r"\*\*([^*]+)\*\*", body)]


@pytest.mark.parametrize("name", guides.GUIDES)
def test_both_languages_have_the_same_sections_with_as_many_words_of_screens_and_pictures(name):
    french, english = (sections(name, language) for language in LANGUAGES)

    assert [(level, len(words), pictures) for level, _title, words, pictures in french] == [
        (level, len(words), pictures) for level, _title, words, pictures in english
    ]
    assert len(french) > 10


@pytest.mark.parametrize("name", guides.GUIDES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_links_and_pictures_of_a_guide_are_there(name, language):
    documents = settings.BASE_DIR / "docs"
    targets = re.findall(r"\]\(([^)]+)\)", text(name, language))
    assert [target for target in targets if not (documents / target).exists()] == []


@pytest.mark.parametrize("name", guides.GUIDES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_guide_sets_in_bold_is_a_word_of_the_screens(name, language):
    """A screen shows the name of a field with a capital letter. Wagtail's apostrophes are straight, ours are not."""
    translations = {capfirst(word).replace("'", "’") for word in interface(language)}
    used = [word for _level, _title, words, _pictures in sections(name, language) for word in words]
    assert [word for word in used if word not in translations] == []


@cache
def interface(language):
    """Returns the translations of our and Wagtail's messages, with the catalogues of scripts."""
    folder = Path(wagtail.__file__).parent
    messages = {entry.msgid for file in folder.rglob("locale/en/**/django.po") for entry in polib.pofile(str(file))}
    messages |= {entry.msgid for entry, _text in read_messages("en")}
    with override(language):
        translations = {gettext(message) for message in messages - {""}}
    for file in folder.rglob(f"locale/{language}/**/djangojs.po"):
        translations |= {entry.msgstr or entry.msgid for entry in polib.pofile(str(file))}
    return translations
