"""Every word of the interface is in the catalogue of every language; English is what the messages are written in."""

import os
import re
import shutil
import subprocess
import sys

import polib
import pytest
from django.conf import settings
from django.utils import translation

from iom.core.checks import messages_without
from iom.tests.words import FOLDER, catalogue, words

CATALOGUES = sorted(file.parts[-3] for file in FOLDER.glob("*/LC_MESSAGES/django.po"))


def test_the_default_language_has_a_catalogue_and_english_has_none():
    assert settings.LANGUAGE_CODE in CATALOGUES
    assert "en" not in CATALOGUES


@pytest.mark.parametrize("language", CATALOGUES)
def test_a_catalogue_is_complete(language):
    po = catalogue(language)
    assert not [entry.msgid for entry in po if entry.obsolete or "fuzzy" in entry.flags]
    assert not [entry.msgid for entry in po.untranslated_entries()]


@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
def test_a_language_of_the_site_lacks_no_message(language):
    assert not messages_without(language)


@pytest.mark.parametrize("language", dict(settings.LANGUAGES))
def test_django_says_what_the_catalogue_says_and_falls_back_to_no_other_language(language):
    """English messages that are in no catalogue stay English, and are not those of the default language."""
    with translation.override(language):
        for entry, (text, *_plural) in words(language):
            context = f"{entry.msgctxt}\4" if entry.msgctxt else ""
            found = translation.pgettext(entry.msgctxt, entry.msgid) if context else translation.gettext(entry.msgid)
            assert found == text, entry.msgid
            for number in (1, 5):
                if entry.msgid_plural:
                    assert translation.ngettext(entry.msgid, entry.msgid_plural, number) in {text, *_plural}


def test_french_messages_keep_french_typography():
    """Narrow no-break space before ; ! ? » and after «, no-break space before a colon, typographic apostrophe."""
    for entry in catalogue("fr"):
        for text in [entry.msgstr, *entry.msgstr_plural.values()]:
            prose = re.sub(r"%\(\w+\)s|<[^>]+>|https?:\S+", "x", text)
            assert not re.search(r"[^\u202f][;!?»]|«[^\u202f]|[^\u00a0\d]:(?!\S)|'", prose), text


def test_the_catalogues_are_current(tmp_path):
    """What `make messages` would write is what is there, but for where it was found."""
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
