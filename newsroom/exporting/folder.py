"""Published articles as a folder of captures with its manifest, from which another site imports the same."""

import csv
import datetime
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.utils import timezone
from django.utils.translation import override

from iom.navigation.visibility import visible
from newsroom.dates import day_of
from newsroom.exporting import capture, check, content
from newsroom.importing import manifest
from newsroom.models import NewsArticle

MANIFEST = "manifest.csv"
COLUMNS = (*manifest.COLUMNS, "not_carried")
_OURS = re.compile(r"[\w-]+\.txt", re.ASCII)
_LONGEST_SLUG = 80
_AT_ONCE = 100
_NOON = datetime.time(12)


def exported(locales: list[str], since: datetime.date | None = None) -> Any:
    """What anyone may see, the oldest first."""
    articles = visible(NewsArticle.objects.filter(locale__language_code__in=locales, date__isnull=False))
    if since:
        start = timezone.make_aware(datetime.datetime.combine(since, datetime.time()))
        articles = articles.filter(date__gte=start)
    return articles.select_related("locale", "office").order_by("date", "pk")


def export(folder: Path, locales: list[str], since: datetime.date | None = None) -> Iterator[str]:
    """Writes the folder, one article after the other; the name of each file as it is there.

    A file that an earlier export wrote, and that is none of this one's, is removed at the end: the article may have
    been withdrawn. A file that says the same already is left as it is.
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
    day = day_of(article.date)  # type: ignore[arg-type]  # `exported` has none without
    return f"{article.locale.language_code}-{day.isoformat()}-{article.slug[:_LONGEST_SLUG]}-{article.pk}.txt"


def _read(article: NewsArticle, locales: list[str]) -> tuple[str, dict[str, str]]:
    """The article's text, and its row in the manifest."""
    parts = content.parts(article)
    release = content.release(article, parts)
    text = capture.write(release)
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
        "not_carried": "; ".join(_not_carried(article, parts, release, text)),
    }
    return text, row


def _original(article: NewsArticle, locales: list[str]) -> str:
    """The file of the text that this one is the translation of, where that is exported too."""
    same_text = exported(locales).filter(translation_key=article.translation_key)
    first = same_text.order_by("pk").first()
    return file_name(first) if first and first.pk != article.pk else ""


def _not_carried(article: NewsArticle, parts: list[content.Part], release: Any, text: str) -> Iterator[str]:
    """What the text does not hold: blocks by number and type, what is marked in them, and what belongs to the page."""
    read = check.read_back(text, release.locale)
    numbers = [part for part in parts for _block in part.blocks]
    misread = {numbers[place].number for place in check.changed_blocks(release, read)}
    for part in parts:
        if part.number in misread:
            yield f"{part.number} {part.type} ({', '.join(('read otherwise', *part.lost))})"
        elif part.loss:
            yield part.loss
    yield from check.changed_fields(release, read)
    if article.lead_picture_id:
        yield "lead picture"
    for name in ("corrections", "topics", "related_articles"):
        if getattr(article, name).exists():
            yield name.replace("_", " ")
    if article.updated_at:
        yield "updated on"
    if timezone.localtime(article.date).time() != _NOON:
        yield "time"
    if any(not row.contact.is_in_post() for row in article.contacts.select_related("contact")):
        yield "contacts no longer in post"


def _named(path: Path) -> set[str]:
    """The files that an earlier manifest names, those of our own making alone."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row.get("file") or "" for row in csv.DictReader(file) if _OURS.fullmatch(row.get("file") or "")}
    except FileNotFoundError:
        return set()


def _write(path: Path, text: str) -> None:
    data = text.encode()
    try:
        if path.read_bytes() == data:
            return
    except FileNotFoundError:
        pass
    with _whole(path) as file:
        file.write(text)


@contextmanager
def _whole(path: Path) -> Iterator[IO[str]]:
    """A file that is there once all of it is written, or stays as it was."""
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
