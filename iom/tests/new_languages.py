"""Adds two languages to the site as an operator does; one of them is written from right to left.

Their texts are the originals in other letters, so that tests recognize what has not been translated.
"""

import re
import shutil
import string
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.test import override_settings
from wagtail.coreutils import string_to_ascii
from wagtail.models import Page

from aboutus.countries import country_slugs
from iom import languages
from iom.locale import compile as compiling
from iom.publishing import jobs
from iom.tests.catalogues import LOCALE_FOLDER, catalogue
from iom.translation.content import markup, segments
from iom.translation.content.places import Places
from iom.translation.models import TranslationState
from iom.translation.tests import desk
from iom.translation.workflow import publication, submission, writing
from newsroom.models import NewsIndex

ADDED = {"es": "nopqrstuvwxyzabcdefghijklm", "ar": "ابتثجحخدذرزسشصضطظعغفقكلمنه"}
# Placeholders, tags, entities and addresses keep their letters.
_UNCHANGED = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]+>|&#?\w+;|\w+://\S+|[\w.]+@[\w.]+")


def in_letters_of(code: str, text: str) -> str:
    """Returns the text in the letters of the language."""
    letters = str.maketrans(string.ascii_lowercase, ADDED.get(code, string.ascii_lowercase))

    def other(part: str) -> str:
        return "".join(
            string_to_ascii(letter).lower().translate(letters) if letter.isalpha() else letter for letter in part
        )

    unchanged = _UNCHANGED.findall(text)
    parts = map(other, _UNCHANGED.split(text))
    return "".join(part + tail for part, tail in zip(parts, [*unchanged, ""], strict=True))


def write_catalogue(folder: Path, code: str) -> None:
    """Writes a catalogue with every message of the interface in the letters of the language."""
    po = catalogue(settings.LANGUAGE_CODE)
    po.metadata |= {"Language": code, "Plural-Forms": "nplurals=2; plural=(n != 1);"}
    for entry in po:
        if entry.msgid_plural:
            forms = (entry.msgid, entry.msgid_plural)
            entry.msgstr_plural = {number: in_letters_of(code, form) for number, form in enumerate(forms)}
        else:
            entry.msgstr = in_letters_of(code, entry.msgid)
        if entry.msgctxt == "address":
            entry.msgstr = re.sub(r"[^a-z0-9/-]", "", string_to_ascii(entry.msgstr).lower())
    file = folder / code / "LC_MESSAGES" / "django.po"
    file.parent.mkdir(parents=True)
    po.save(str(file))
    compiling.compile_catalogue(file)


@contextmanager
def settings_with(*codes: str, locale_paths: list[Path] | None = None) -> Iterator[None]:
    """Sets the settings that depend on the variable LANGUAGES: the languages of the site, and `codes`."""
    found = [*settings.LANGUAGES, *((code, languages.own_name(code)) for code in codes)]
    changed: dict[str, Any] = {
        "LANGUAGES": found,
        "LANGUAGES_BIDI": [code for code, _name in found if languages.direction(code) == "rtl"],
        "WAGTAIL_CONTENT_LANGUAGES": found,
        "WAGTAILADMIN_PERMITTED_LANGUAGES": found,
        "LOCALE_PATHS": locale_paths or settings.LOCALE_PATHS,
    }
    with override_settings(**changed):
        country_slugs.cache_clear()
        yield
    country_slugs.cache_clear()


@contextmanager
def add_languages(folder: Path, codes: tuple[str, ...] = tuple(ADDED)) -> Iterator[None]:
    """Adds the languages with complete catalogues, and submits the texts of the site to their desks."""
    shutil.copytree(LOCALE_FOLDER, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    for code in codes:
        write_catalogue(folder, code)
    with settings_with(*codes, locale_paths=[folder]):
        for code in codes:
            call_command("add_language", code, verbosity=0)
        assert not jobs.run(kinds=[submission.SUBMIT]).failed
        yield


@contextmanager
def with_draft_of_newsroom(code: str) -> Iterator[Page]:
    """Adds the language, and yields the draft of its newsroom."""
    with settings_with(code):
        call_command("add_language", code, verbosity=0)
        yield desk.submit(NewsIndex.objects.get(locale__language_code=settings.LANGUAGE_CODE), code).page


def publish_translation(state: TranslationState, user: object = None) -> Page:
    """Writes every passage in the letters of the language, publishes the translation, and returns its page."""
    places = Places(state.page.specific_class)
    written = {}
    for segment in segments.load_text(state.translation):
        text = markup.to_text(segment.source, places.at(segment.field_path))
        written[segment] = in_letters_of(state.locale.language_code, text)
    problems = writing.write_all(state, written, user)
    assert not any(problems.values()), problems
    publication.publish(state, user)
    return Page.objects.get(pk=state.page_id).specific
