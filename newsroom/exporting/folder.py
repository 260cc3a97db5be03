"""Published articles as a folder of texts with its manifest, from which another site imports the same."""

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

from iom.core.blocks.plain_text import contact_line
from iom.core.models import slug_of
from iom.listing.reading import shown
from iom.names import with_names
from newsroom.dates import day_of, is_day_only
from newsroom.importing import manifest
from newsroom.importing.readers import capture
from newsroom.importing.structure import press_release
from newsroom.models import NewsArticle
from newsroom.press import as_release, text
from newsroom.release import Block, PressRelease

MANIFEST = "manifest.csv"
COLUMNS = (*manifest.COLUMNS, "not_carried")
# Fields that an import leaves empty
_OF_THE_PAGE = {
    "updated_at": "updated on",
    "seo_title": "title for search engines",
    "search_description": "description for search engines",
    "keywords": "keywords",
    "expire_at": "expiry",
}
_OURS = re.compile(r"[\w-]+\.txt", re.ASCII)
_LONGEST_SLUG = 80
_AT_ONCE = 100


def exported(locales: list[str], since: datetime.date | None = None) -> QuerySet[NewsArticle]:
    """The articles that anyone may see, the oldest first."""
    listed = shown().filter(locale__language_code__in=locales, shown_date__isnull=False)
    articles = NewsArticle.objects.filter(pk__in=listed.values("pk"))
    if since:
        start = timezone.make_aware(datetime.datetime.combine(since, datetime.time()))
        articles = articles.filter(date__gte=start)
    return articles.select_related("locale", *with_names("office")).order_by("date", "pk")


def export(folder: Path, locales: list[str], since: datetime.date | None = None) -> Iterator[str]:
    """Writes the folder; yields the name of each file once it exists.

    A file of an earlier export that this one does not write is removed at the end: the article may have been
    withdrawn. A file with the same content is not written again.
    """
    folder.mkdir(parents=True, exist_ok=True)
    before = _named(folder / MANIFEST)
    with _whole(folder / MANIFEST) as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        for article in exported(locales, since).iterator(chunk_size=_AT_ONCE):
            with override(article.locale.language_code):
                text, row = _read(article, locales)
            _write(folder / row["file"], text)
            table.writerow(row)
            before.discard(row["file"])
            yield row["file"]
    for name in before:
        (folder / name).unlink(missing_ok=True)


def file_name(article: NewsArticle) -> str:
    """`fr-2016-03-01-le-canada-accueille-53.txt`, the same as long as its day and address are."""
    day = day_of(article.date)  # type: ignore[arg-type]  # all that are exported have a date
    return f"{article.locale.language_code}-{day.isoformat()}-{article.slug[:_LONGEST_SLUG]}-{article.pk}.txt"


def _read(article: NewsArticle, locales: list[str]) -> tuple[str, dict[str, str]]:
    """The article's text, and its row in the manifest."""
    parts = as_release.parts(article)
    release = as_release.release(article, parts)
    written = text.release_text(release)
    row = {
        "file": file_name(article),
        "old_address": article.url_path,
        "date": release.date.isoformat() if release.date else "",
        "locale": release.locale,
        "kind": release.kind,
        "scope": release.scope,
        "office": article.office.name if article.office else "",
        "countries": " ".join(row.country.code for row in article.countries.all()) or "-",
        "translation_of": _original(article, locales),
        "reference": article.reference,
        "not_carried": "; ".join(_not_carried(article, parts, release, written)),
    }
    return written, row


def _original(article: NewsArticle, locales: list[str]) -> str:
    """The file of the text that this one is the translation of, where that is exported too."""
    same_text = exported(locales).filter(translation_key=article.translation_key)
    first = same_text.order_by("pk").first()
    return file_name(first) if first and first.pk != article.pk else ""


def _not_carried(
    article: NewsArticle, parts: list[as_release.Part], release: PressRelease, written: str
) -> Iterator[str]:
    """What the text does not hold: blocks by number and type, what is marked in them, and what belongs to the page.

    The text is read as the import reads it, and compared.
    """
    read = press_release(capture.read_text(written), release.locale)
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
    for name, words in _OF_THE_PAGE.items():
        if getattr(article, name):
            yield words
    if article.slug != slug_of(article.title):
        yield "slug"
    if not is_day_only(article.date):  # type: ignore[arg-type]  # all that are exported have a date
        yield "time"
    if any(not row.contact.is_in_post() for row in article.contacts.select_related("contact")):
        yield "contacts no longer in post"


def changed_blocks(written: PressRelease, read: PressRelease) -> list[int]:
    """The places, from 0, of the blocks that are read otherwise than they were written."""
    ours, theirs = ([_comparable(block) for block in release.blocks] for release in (written, read))
    steps = SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes()
    return [place for tag, start, end, _from, _to in steps if tag != "equal" for place in range(start, end)]


def changed_fields(written: PressRelease, read: PressRelease) -> list[str]:
    """The other fields that are read otherwise. The import has type, scope and date from the manifest."""
    fields = {
        "title": (written.title, read.title),
        "summary": (written.summary, read.summary),
        "place": (written.dateline.place, read.dateline.place),
    }
    changed = [name for name, (ours, theirs) in fields.items() if _spaced_alike(ours) != _spaced_alike(theirs)]
    same_people = contact_line(written.contacts) == contact_line(read.contacts)
    return changed if same_people else [*changed, "contacts"]


def _comparable(block: Block) -> tuple[object, ...]:
    """What must be the same of a block; its passages hold all but where the speaker ends and the title begins."""
    return type(block), getattr(block, "speaker", ""), *map(_spaced_alike, text.block_passages(block))


def _spaced_alike(text: str) -> str:
    """The text with one kind of space."""
    return " ".join(text.split())


def _named(path: Path) -> set[str]:
    """The files that an earlier manifest names, without those whose names no export gives."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row.get("file") or "" for row in csv.DictReader(file) if _OURS.fullmatch(row.get("file") or "")}
    except FileNotFoundError:
        return set()


def _write(path: Path, text: str) -> None:
    if path.exists() and path.read_bytes() == text.encode():
        return
    with _whole(path) as file:
        file.write(text)


@contextmanager
def _whole(path: Path) -> Iterator[IO[str]]:
    """A file that is replaced once all of the new one is written."""
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
