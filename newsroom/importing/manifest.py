"""The manifest: a table with the metadata of files. docs/operators.md describes its columns."""

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

from newsroom.importing.metadata import Metadata
from newsroom.importing.people import People
from newsroom.kinds import Kind, Scope

COLUMNS = (
    *("file", "old_address", "date", "locale", "kind", "scope", "office", "countries", "translation_of"),
    "reference",
)
_REFERENCE = re.compile(r"\d{4}-(\d{3}|[1-9]\d{3,6})", re.ASCII)
_LONGEST_ADDRESS = 255


@dataclass
class Manifest:
    """The metadata of each file, by its whole path; and what is wrong, line by line."""

    metadata: dict[str, Metadata] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)  # columns that are not known


class _Wrong(ValueError):
    """What is wrong with a cell."""


def read(path: Path, people: People) -> Manifest:
    """Reads a CSV file in UTF-8, separated by commas or semicolons. Files are named relative to its folder.

    `errors` has one sentence for each line that cannot be used, so that a person corrects all of them at once. Raises
    OSError where the file cannot be read.
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
        cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if not any(cells.values()):
            continue
        try:
            if row.get(None):
                raise _Wrong(_("there are more cells than columns"))
            metadata = _metadata(cells, path.parent, people)
            if metadata.file in lines:
                raise _Wrong(_("line %(line)d already names this file") % {"line": lines[metadata.file]})
        except _Wrong as wrong:
            manifest.errors.append(_("Line %(line)d: %(wrong)s.") % {"line": rows.line_num, "wrong": wrong})
            continue
        assert metadata.file is not None  # noqa: S101  (`_metadata` gives one)
        lines[metadata.file] = rows.line_num
        manifest.metadata[metadata.file] = metadata
    _check_pairs(manifest, lines)
    return manifest


def key(folder: Path, name: str) -> str:
    """The whole path of a file that is named relative to a folder."""
    return str((folder / name).resolve())


def _metadata(cells: dict[str, str], folder: Path, people: People) -> Metadata:
    if not cells["file"]:
        raise _Wrong(_("no file is named"))
    office = people.office(cells["office"])
    if cells["office"] and office is None:
        raise _Wrong(_("the site has no office “%(name)s”") % {"name": cells["office"]})
    return Metadata(
        file=key(folder, cells["file"]),
        old_address=_address(cells["old_address"]),
        date=_date(cells["date"]),
        locale=_one_of("locale", cells["locale"], [code for code, _name in settings.LANGUAGES]),
        kind=_one_of("kind", cells["kind"], Kind.values),
        scope=_one_of("scope", cells["scope"], Scope.values),
        office=office,
        countries=_countries(cells["countries"]),
        translation_of=key(folder, cells["translation_of"]) if cells["translation_of"] else "",
        reference=_reference(cells["reference"]),
    )


def _reference(text: str) -> str:
    if text and not _REFERENCE.fullmatch(text):
        raise _Wrong(_("“%(value)s” is not a reference number in the form 2016-057") % {"value": text})
    return text


def _address(text: str) -> str:
    """The path of an old page, as redirects are looked up."""
    if not text:
        return ""
    try:
        path = Redirect.normalise_path(text)
    except ValueError:
        raise _Wrong(_("“%(value)s” is not a web address") % {"value": text}) from None
    if path == "/":
        raise _Wrong(_("the old address “%(value)s” is that of the home page") % {"value": text})
    if len(path) > _LONGEST_ADDRESS:
        raise _Wrong(_("the old address is longer than %(count)d characters") % {"count": _LONGEST_ADDRESS})
    return path


def _date(text: str) -> datetime.date | None:
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise _Wrong(_("“%(value)s” is not a date in the form 2016-03-01") % {"value": text}) from None


def _one_of(column: str, value: str, known: list[str]) -> str:
    if value and value not in known:
        told = {"column": column, "value": value, "known": ", ".join(known)}
        raise _Wrong(_("“%(value)s” is not valid in the column “%(column)s”; possible values are %(known)s") % told)
    return value


def _countries(text: str) -> tuple[str, ...] | None:
    """ISO codes of two letters, separated by spaces or commas; `-` means none."""
    if not text:
        return None
    codes = text.upper().replace(",", " ").replace(";", " ").replace("|", " ").replace("-", " ").split()
    unknown = [code for code in codes if not countries.name(code)]
    if unknown:
        raise _Wrong(_("unknown country codes: %(codes)s") % {"codes": ", ".join(unknown)})
    return tuple(dict.fromkeys(codes))


def _check_pairs(manifest: Manifest, lines: dict[str, int]) -> None:
    """A translation is of an original, once per language, and not of itself or of another translation."""
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
