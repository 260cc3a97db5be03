"""Reads the manifest, a CSV file with the metadata of files. docs/operators.md describes its columns."""

import csv
import datetime
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django_countries import countries
from wagtail.contrib.redirects.models import Redirect

from iom.core.spreadsheets import unescape_formula
from newsroom.importing.contact_matching import ContactMatcher
from newsroom.importing.metadata import Metadata
from newsroom.kinds import Kind, Scope

COLUMNS = (
    *("file", "old_address", "date", "locale", "kind", "scope", "office", "countries", "translation_of"),
    "reference",
)
_REFERENCE_NUMBER = re.compile(r"\d{4}-(\d{3}|[1-9]\d{3,6})", re.ASCII)
_MAX_ADDRESS_LENGTH = 255  # characters, as in Wagtail's Redirect


@dataclass
class Manifest:
    """The metadata of each file by its absolute path, and the errors of the lines that cannot be used."""

    metadata: dict[str, Metadata] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)  # unknown columns


class _InvalidCell(ValueError):
    """A cell is invalid. The message says why."""


def read(path: Path, matcher: ContactMatcher) -> Manifest:
    """Reads a CSV file in UTF-8, separated by commas or semicolons. Its file names are relative to its folder.

    `errors` has one sentence for each line that cannot be used, so that all can be corrected at once. Raises OSError
    where the file cannot be read.
    """
    manifest = Manifest()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        manifest.errors.append(_("The manifest is not in UTF-8. Save it in this encoding."))
        return manifest
    first = text.split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if first.count(";") > first.count(",") else ",")
    names = [(name or "").strip() for name in rows.fieldnames or []]
    rows.fieldnames = names
    if "file" not in names:
        manifest.errors.append(
            _("The manifest has no column “file”. The first line must contain the names of the columns.")
        )
        return manifest
    manifest.ignored = [name for name in names if name and name not in COLUMNS]
    lines: dict[str, int] = {}
    for row in rows:
        cells = {name: unescape_formula(row.get(name) or "").strip() for name in COLUMNS}
        if not any(cells.values()):
            continue
        try:
            if row.get(None):
                raise _InvalidCell(_("there are more cells than columns"))
            metadata = _parse_row(cells, path.parent, matcher)
            if metadata.file in lines:
                raise _InvalidCell(_("line %(line)d already names this file") % {"line": lines[metadata.file]})
        except _InvalidCell as wrong:
            manifest.errors.append(_("Line %(line)d: %(wrong)s.") % {"line": rows.line_num, "wrong": wrong})
            continue
        assert metadata.file is not None  # noqa: S101  (`_parse_row` gives one)
        lines[metadata.file] = rows.line_num
        manifest.metadata[metadata.file] = metadata
    _check_translations(manifest, lines)
    return manifest


def absolute_path(folder: Path, name: str) -> str:
    """Returns the absolute path of a file name relative to a folder."""
    return str((folder / name).resolve())


def _parse_row(cells: dict[str, str], folder: Path, matcher: ContactMatcher) -> Metadata:
    if not cells["file"]:
        raise _InvalidCell(_("no file is named"))
    office = matcher.find_office(cells["office"])
    if cells["office"] and office is None:
        raise _InvalidCell(_("the site has no office “%(name)s”") % {"name": cells["office"]})
    return Metadata(
        file=absolute_path(folder, cells["file"]),
        old_address=_parse_address(cells["old_address"]),
        date=_parse_date(cells["date"]),
        locale=_parse_choice("locale", cells["locale"], [code for code, _name in settings.LANGUAGES]),
        kind=_parse_choice("kind", cells["kind"], Kind.values),
        scope=_parse_choice("scope", cells["scope"], Scope.values),
        office=office,
        countries=_parse_countries(cells["countries"]),
        translation_of=absolute_path(folder, cells["translation_of"]) if cells["translation_of"] else "",
        reference=_parse_reference(cells["reference"]),
    )


def _parse_reference(text: str) -> str:
    if text and not _REFERENCE_NUMBER.fullmatch(text):
        raise _InvalidCell(_("“%(value)s” is not a reference number in the form 2016-057") % {"value": text})
    return text


def _parse_address(text: str) -> str:
    """Returns the path of an old page, normalized as Wagtail's redirects are."""
    if not text:
        return ""
    try:
        path = Redirect.normalise_path(text)
    except ValueError:
        raise _InvalidCell(_("“%(value)s” is not a web address") % {"value": text}) from None
    if path == "/":
        raise _InvalidCell(_("the old address “%(value)s” is that of the home page") % {"value": text})
    if len(path) > _MAX_ADDRESS_LENGTH:
        raise _InvalidCell(_("the old address is longer than %(count)d characters") % {"count": _MAX_ADDRESS_LENGTH})
    return path


def _parse_date(text: str) -> datetime.date | None:
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise _InvalidCell(_("“%(value)s” is not a date in the form 2016-03-01") % {"value": text}) from None


def _parse_choice(column: str, value: str, known: list[str]) -> str:
    if value and value not in known:
        values = {"column": column, "value": value, "known": ", ".join(known)}
        raise _InvalidCell(
            _("“%(value)s” is not valid in the column “%(column)s”; possible values are %(known)s") % values
        )
    return value


def _parse_countries(text: str) -> tuple[str, ...] | None:
    """Parses ISO codes of two letters, separated by spaces or commas. `-` means none; empty means not given."""
    if not text:
        return None
    codes = text.upper().replace(",", " ").replace(";", " ").replace("|", " ").replace("-", " ").split()
    unknown = [code for code in codes if not countries.name(code)]
    if unknown:
        raise _InvalidCell(_("unknown country codes: %(codes)s") % {"codes": ", ".join(unknown)})
    return tuple(dict.fromkeys(codes))


def _check_translations(manifest: Manifest, lines: dict[str, int]) -> None:
    """Checks that each translation has another original, which is no translation, and is its only one in a language.

    The lines that fail are reported and removed.
    """
    seen: dict[tuple[str, str], int] = {}
    for file, metadata in list(manifest.metadata.items()):
        if not metadata.translation_of:
            continue
        original = manifest.metadata.get(metadata.translation_of)
        wrong = ""
        if metadata.translation_of == file:
            wrong = _("the file is named as a translation of itself")
        elif original is not None and original.translation_of:
            wrong = _("its original is itself named as a translation")
        elif original is not None and original.locale and original.locale == metadata.locale:
            wrong = _("the original and the translation are in the same language")
        elif (metadata.translation_of, metadata.locale) in seen:
            other = seen[metadata.translation_of, metadata.locale]
            wrong = _("line %(line)d already names a translation of the same original") % {"line": other}
        seen.setdefault((metadata.translation_of, metadata.locale), lines[file])
        if wrong:
            manifest.errors.append(_("Line %(line)d: %(wrong)s.") % {"line": lines[file], "wrong": wrong})
            del manifest.metadata[file]
