"""Exports the published articles to a folder of text files and a manifest, which another site can import."""

import csv
import datetime
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import SequenceMatcher
from pathlib import Path
from typing import IO

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from iom.core.blocks.plain_text import format_contact_line
from iom.core.models import slug_of
from iom.core.spreadsheets import escape_formula
from iom.listing.reading import shown
from iom.names import with_names
from newsroom.dates import day_of, is_day_only
from newsroom.importing import manifest
from newsroom.importing.readers import plain_text
from newsroom.importing.structure import parse_press_release
from newsroom.models import NewsArticle
from newsroom.press import conversion, text_rendering
from newsroom.release import Block, PressRelease

MANIFEST = "manifest.csv"
COLUMNS = (*manifest.COLUMNS, "not_carried")
# Fields of the page that an export does not carry: name, and words in the manifest
_FIELDS_NOT_CARRIED = {
    "updated_at": "updated on",
    "seo_title": "title for search engines",
    "search_description": "description for search engines",
    "keywords": "keywords",
    "expire_at": "expiry",
}
_FILE_NAME = re.compile(r"[\w-]+\.txt", re.ASCII)
_MAX_SLUG_LENGTH = 80
_CHUNK_SIZE = 100


def exportable_articles(locales: list[str], since: datetime.date | None = None) -> QuerySet[NewsArticle]:
    """Returns the public articles in these languages, the oldest first."""
    listed = shown().filter(locale__language_code__in=locales, shown_date__isnull=False)
    articles = NewsArticle.objects.filter(pk__in=listed.values("pk"))
    if since:
        start = timezone.make_aware(datetime.datetime.combine(since, datetime.time()))
        articles = articles.filter(date__gte=start)
    return articles.select_related("locale", *with_names("office")).order_by("date", "pk")


def export(folder: Path, locales: list[str], since: datetime.date | None = None) -> Iterator[str]:
    """Writes the folder, and yields the name of each file once it exists.

    Files of an earlier export that this one does not write are deleted at the end, since their articles may have been
    withdrawn. A file with the same content is not written again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = _files_in_manifest(folder / MANIFEST)
    with _replace_when_written(folder / MANIFEST) as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        for article in exportable_articles(locales, since).iterator(chunk_size=_CHUNK_SIZE):
            with override(article.locale.language_code):
                text, row = _text_and_row(article, locales)
            _write(folder / row["file"], text)
            table.writerow({name: escape_formula(value) for name, value in row.items()})
            before.discard(row["file"])
            yield row["file"]
    for name in before:
        (folder / name).unlink(missing_ok=True)


def file_name(article: NewsArticle) -> str:
    """Returns a name such as `fr-2016-03-01-le-canada-accueille-53.txt`. It changes with the day and the slug."""
    day = day_of(article.date)  # type: ignore[arg-type]  # all exported articles have a date
    return f"{article.locale.language_code}-{day.isoformat()}-{article.slug[:_MAX_SLUG_LENGTH]}-{article.pk}.txt"


def _text_and_row(article: NewsArticle, locales: list[str]) -> tuple[str, dict[str, str]]:
    """Returns the text of an article and its row in the manifest."""
    parts = conversion.to_parts(article)
    release = conversion.to_release(article, parts)
    written = text_rendering.release_text(release)
    row = {
        "file": file_name(article),
        "old_address": article.url_path,
        "date": release.date.isoformat() if release.date else "",
        "locale": release.locale,
        "kind": release.kind,
        "scope": release.scope,
        "office": article.office.name if article.office else "",
        "countries": " ".join(row.country.code for row in article.countries.all()) or "-",
        "translation_of": _original_file(article, locales),
        "reference": article.reference,
        "not_carried": "; ".join(_not_carried(article, parts, release, written)),
    }
    return written, row


def _original_file(article: NewsArticle, locales: list[str]) -> str:
    """Returns the file of the original of a translation, if it is exported too; else an empty string."""
    same_text = exportable_articles(locales).filter(translation_key=article.translation_key)
    first = same_text.order_by("pk").first()
    return file_name(first) if first and first.pk != article.pk else ""


def _not_carried(
    article: NewsArticle, parts: list[conversion.Part], release: PressRelease, written: str
) -> Iterator[str]:
    """Yields what the text does not carry: blocks by number and type, their inline marks, and fields of the page.

    To find out, it parses the text like an import and compares the results.
    """
    read = parse_press_release(plain_text.read_text(written), release.locale)
    numbers = [part.number for part in parts for _block in part.blocks]
    misread = {numbers[place] for place in changed_blocks(release, read)}
    for part in parts:
        if part.number in misread:
            yield f"{part.number} {part.type} ({', '.join(('read otherwise', *part.lost))})"
        elif part.loss:
            yield part.loss
    yield from changed_fields(release, read)
    if article.lead_picture_id:
        yield "lead picture"
    for name in ("corrections", "topics", "related_articles"):
        if getattr(article, name).exists():
            yield name.replace("_", " ")
    for name, words in _FIELDS_NOT_CARRIED.items():
        if getattr(article, name):
            yield words
    if article.slug != slug_of(article.title):
        yield "slug"
    if not is_day_only(article.date):  # type: ignore[arg-type]  # all exported articles have a date
        yield "time"
    if any(not row.contact.is_in_post() for row in article.contacts.select_related("contact")):
        yield "contacts no longer in post"


def changed_blocks(written: PressRelease, read: PressRelease) -> list[int]:
    """Returns the positions, from 0, of the blocks that an import reads differently from how they were written."""
    ours, theirs = ([_comparable(block) for block in release.blocks] for release in (written, read))
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return [place for tag, start, end, _from, _to in steps if tag != "equal" for place in range(start, end)]


def changed_fields(written: PressRelease, read: PressRelease) -> list[str]:
    """Returns the other fields that an import reads differently. Type, scope and date come from the manifest."""
    fields = {
        "title": (written.title, read.title),
        "summary": (written.summary, read.summary),
        "place": (written.dateline.place, read.dateline.place),
    }
    changed = [name for name, (ours, theirs) in fields.items() if _normalize_spaces(ours) != _normalize_spaces(theirs)]
    same_people = format_contact_line(written.contacts) == format_contact_line(read.contacts)
    return changed if same_people else [*changed, "contacts"]


def _comparable(block: Block) -> tuple[object, ...]:
    """Returns what must be the same in two blocks: the speaker too, since passages join the speaker and the title."""
    return type(block), getattr(block, "speaker", ""), *map(_normalize_spaces, text_rendering.block_passages(block))


def _normalize_spaces(text: str) -> str:
    """Returns the text with single ordinary spaces."""
    return " ".join(text.split())


def _files_in_manifest(path: Path) -> set[str]:
    """Returns the files that an earlier manifest names, without names that no export uses."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {
                row.get("file") or "" for row in csv.DictReader(file) if _FILE_NAME.fullmatch(row.get("file") or "")
            }
    except FileNotFoundError:
        return set()


def _write(path: Path, text: str) -> None:
    if path.exists() and path.read_bytes() == text.encode():
        return
    with _replace_when_written(path) as file:
        file.write(text)


@contextmanager
def _replace_when_written(path: Path) -> Iterator[IO[str]]:
    """Opens a temporary file that replaces `path` once it is completely written."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}-", text=True)
    try:
        with open(handle, "w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
