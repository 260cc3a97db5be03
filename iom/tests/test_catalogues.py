"""Every word of the interface is in both catalogues."""

import os
import re
import shutil
import subprocess
import sys

import polib
import pytest
from django.conf import settings

from iom.tests.addresses import LANGUAGES

FOLDER = settings.LOCALE_PATHS[0]


def catalogue(language: str) -> polib.POFile:
    return polib.pofile(str(FOLDER / language / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete(language):
    po = catalogue(language)
    assert not [entry.msgid for entry in po if entry.obsolete or "fuzzy" in entry.flags]
    if language != "en":  # English is what the msgids are written in
        assert not [entry.msgid for entry in po.untranslated_entries()]


def test_both_catalogues_have_the_same_messages():
    french, english = ({(entry.msgctxt, entry.msgid) for entry in catalogue(language)} for language in LANGUAGES)
    assert french == english


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
        [
            sys.executable,
            "manage.py",
            "makemessages",
            "--locale",
            "fr",
            "--locale",
            "en",
            "--no-wrap",
            "--ignore",
            "var",
        ],
        cwd=copy,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "iom.settings.development", "DATA_DIR": str(tmp_path / "data")},
        check=True,
        capture_output=True,
    )
    for language in LANGUAGES:
        found = polib.pofile(str(copy / "iom/locale" / language / "LC_MESSAGES/django.po"))
        new = {(entry.msgctxt, entry.msgid) for entry in found if not entry.obsolete}
        assert new == {(entry.msgctxt, entry.msgid) for entry in catalogue(language)}
