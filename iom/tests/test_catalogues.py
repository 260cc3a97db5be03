"""Every message of the interface is in the catalogue of every language. The messages themselves are English."""

import os
import re
import shutil
import subprocess
import sys

import polib
import pytest
from django.conf import settings
from django.utils import translation

from iom.core.checks import get_missing_messages
from iom.tests.catalogues import LOCALE_FOLDER, WAGTAIL_LOCALE_FOLDER, catalogue, read_messages
from iom.tests.texts import is_upstream

CATALOGUES = sorted(file.parts[-3] for file in LOCALE_FOLDER.glob("*/LC_MESSAGES/django.po"))


def test_the_default_language_has_a_catalogue_and_english_has_none():
    assert settings.LANGUAGE_CODE in CATALOGUES
    assert "en" not in CATALOGUES


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_is_complete(language):
    for po in (
        catalogue(language),
        *(catalogue(language, domain, WAGTAIL_LOCALE_FOLDER) for domain in ("django", "djangojs")),
    ):
        assert not [entry.msgid for entry in po if entry.obsolete or "fuzzy" in entry.flags]
        assert not [entry.msgid for entry in po.untranslated_entries()]


@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
def test_a_language_of_the_site_has_all_messages(language):
    assert not get_missing_messages(language)


@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
def test_gettext_returns_the_message_of_the_catalogue_and_of_no_other_language(language):
    """An English message without a catalogue entry stays English, and is not replaced by the default language."""
    with translation.override(language):
        for entry, (text, *_plural) in read_messages(language):
            context = f"{entry.msgctxt}\4" if entry.msgctxt else ""
            found = translation.pgettext(entry.msgctxt, entry.msgid) if context else translation.gettext(entry.msgid)
            assert found == text, entry.msgid
            for number in (1, 5):
                if entry.msgid_plural:
                    assert translation.ngettext(entry.msgid, entry.msgid_plural, number) in {text, *_plural}


# French uses the singular for 0 as well. A singular without its number is allowed where 0 cannot occur, for the reason
# here.
NEVER_ZERO = {
    "Page to review: “%(title)s”": "a letter about no page is not sent",
    "A link does not work: “%(title)s”": "only texts that have such links are listed",
    "1 article": "the map says that there is no news",
    "One code is left. Each can be used once, when you do not have your device.": "without codes it says so",
    "1 selected": "nothing chosen is “All”",
    "1 post reports here": "only posts with others have a list",
    "%(list)s, 1 result": "an empty list has a message of its own",
    "Without the filter %(filter)s: 1 result": "only filters without which something is found are offered",
    "1 result in %(language)s": "only languages with results are offered",
    "1 result": "an empty list has a message of its own",
    "The link can be used once, for one day.": "a link is valid for a day at least",
    "1 snippet type": "no snippet of the site has a workflow",
    "Deleting this page will also delete %(translation_count)s translation of this page.": "the screen is the site's own",
    "Moved down 1 place.": "nothing is moved by no place",
    "Moved up 1 place.": "nothing is moved by no place",
    "One other user is currently viewing": "said of more than four",
    "There is one matching page": "an empty list has a message of its own",
    "This page has one subpage and its translations have a combined one translated child page. Unpublish these too": (
        "the screen is the site's own"
    ),
}


def test_a_french_singular_contains_its_number_where_it_can_be_zero():
    pos = [catalogue("fr"), *(catalogue("fr", domain, WAGTAIL_LOCALE_FOLDER) for domain in ("django", "djangojs"))]
    plural = [entry for po in pos for entry in po if entry.msgid_plural]
    without_number = {
        entry.msgid
        for entry in plural
        if set(_PLACEHOLDER.findall(entry.msgstr_plural[1])) - set(_PLACEHOLDER.findall(entry.msgstr_plural[0]))
    }
    assert without_number == NEVER_ZERO.keys()


_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|(?<!%)\{\w+\}")
_TAG = re.compile(r"</?[a-z][^<>]*>")


@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
def test_a_message_has_the_placeholders_and_tags_of_its_original(language):
    """A singular may contain “1”, or its number as the plural does. A new text for a message of Wagtail may omit
    placeholders."""
    for entry, forms in read_messages(language):
        plain = [entry.msgid, entry.msgid_plural or entry.msgid]
        for number, form in enumerate(forms):
            for pattern in (_PLACEHOLDER, _TAG):
                allowed = [sorted(pattern.findall(text)) for text in (plain if number == 0 else plain[1:])]
                placeholders = sorted(pattern.findall(form))
                assert placeholders in allowed or (
                    pattern is _PLACEHOLDER and is_upstream(entry) and {*placeholders} < {*allowed[0]}
                ), form


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_message_has_the_capital_and_the_final_punctuation_of_its_original(language):
    """A sentence is then translated as a sentence, and a label as a label. Messages of Wagtail are exempt."""
    differ = [
        entry.msgid
        for entry in catalogue(language)
        for form in (entry.msgstr or entry.msgstr_plural[0],)
        if not is_upstream(entry)
        and (
            _final_punctuation(entry.msgid) != _final_punctuation(form)
            or {_begins_with_capital(entry.msgid), _begins_with_capital(form)} == {True, False}
        )
    ]
    assert differ == []


def _final_punctuation(text: str) -> str:
    """Returns the final punctuation mark before closing quotation marks and parentheses, or an empty string."""
    last = re.sub(r"[\s”»)]+$", "", text)[-1:]
    return last if last in ".:!?…," else ""


def _begins_with_capital(text: str) -> bool | None:
    """Returns whether the text begins with a capital; None if it begins with no word or with an abbreviation."""
    return text[0].isupper() if text[:1].isalpha() and not text[:2].isupper() else None


def test_the_catalogues_are_current(tmp_path):
    """`make messages` would change nothing but the references to source files."""
    if shutil.which("xgettext") is None:
        pytest.skip("gettext is not installed")
    copy = tmp_path / "site"
    shutil.copytree(
        settings.BASE_DIR,
        copy,
        ignore=shutil.ignore_patterns("tests", ".venv", "var", ".git", "__pycache__", ".*_cache"),
    )
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "--all", "--no-wrap", "--ignore", "var"],
        cwd=copy,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "iom.settings.development", "DATA_DIR": str(tmp_path / "data")},
        check=True,
        capture_output=True,
    )
    for language in CATALOGUES:
        found = polib.pofile(str(copy / "iom/locale" / language / "LC_MESSAGES/django.po"))
        new = {(entry.msgctxt, entry.msgid) for entry in found if not entry.obsolete}
        assert new == {(entry.msgctxt, entry.msgid) for entry in catalogue(language)}
