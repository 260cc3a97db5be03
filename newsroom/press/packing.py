"""An article's text, pictures, credits and documents in one file."""

import shutil
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext

from iom.core.templatetags.site import credit
from newsroom.models import NewsArticle
from newsroom.press.contents import Contents, Picture

CREDITS = "CREDITS.txt"
_EARLIEST, _LATEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)  # that a ZIP file can hold
_LONGEST_NAME = 200  # bytes: file systems hold 255


def pack(article: NewsArticle, contents: Contents, file: IO[bytes]) -> None:
    """Writes the file, in the active language, a piece at a time whatever the pictures weigh."""
    moment = timezone.localtime(article.updated_at or article.date)
    with ZipFile(file, "w") as archive:

        def entry(name: str, method: int) -> ZipInfo:
            info = ZipInfo(name, min(max(moment.timetuple()[:6], _EARLIEST), _LATEST))
            info.compress_type = method
            info.external_attr = 0o644 << 16
            return info

        def copy(name: str, source: Any, method: int) -> None:
            with source.storage.open(source.name) as opened, archive.open(entry(name, method), "w") as target:
                shutil.copyfileobj(opened, target)

        archive.writestr(entry(name_of(article, ".txt"), ZIP_DEFLATED), contents.text)
        if contents.pictures or contents.withheld:
            archive.writestr(entry(CREDITS, ZIP_DEFLATED), credits(article, contents))
        for number, picture in enumerate(contents.pictures, start=1):
            copy(picture_name(number, picture), picture.image.file, ZIP_STORED)  # compressed already
        for document in contents.documents:
            copy(f"documents/{document.filename}", document.file, ZIP_DEFLATED)


def name_of(article: NewsArticle, ending: str) -> str:
    """The article's slug with `ending`, as long as any file system can hold."""
    return article.slug.encode()[:_LONGEST_NAME].decode(errors="ignore") + ending


def picture_name(number: int, picture: Picture) -> str:
    """`pictures/01-airport-dawn.jpg`"""
    path = PurePosixPath(picture.image.file.name)
    return f"pictures/{number:02}-{slugify(path.stem)[:60] or 'picture'}{path.suffix.lower()}"


def credits(article: NewsArticle, contents: Contents) -> str:
    """Under what words and by whose right each picture may be shown."""
    passages = ["\n".join([article.title, article.full_url])]
    passages += ["\n".join(_described(number, one)) for number, one in enumerate(contents.pictures, start=1)]
    if contents.withheld:
        passages.append(
            "\n".join(
                [
                    gettext("Not in this file, since the rights do not allow the press to reuse them:"),
                    *(f"- {_words(one)}" for one in contents.withheld),
                ]
            )
        )
    return "\n\n".join(passages) + "\n"


def _described(number: int, picture: Picture) -> Iterator[str]:
    yield picture_name(number, picture)
    if picture.caption:
        yield gettext("Caption: %(text)s") % {"text": picture.caption}
    if picture.alt:
        yield gettext("Description: %(text)s") % {"text": picture.alt}
    if picture.image.credit:
        yield _photo(picture)
        yield gettext("Rights: the press may reuse this picture, with its credit.")
    else:
        yield gettext("Rights: the press may reuse this picture.")


def _words(picture: Picture) -> str:
    said = picture.caption or picture.alt or gettext("a picture")
    return f"{said} ({_photo(picture)})" if picture.image.credit else said


def _photo(picture: Picture) -> str:
    return gettext("Photo: %(credit)s") % {"credit": credit(picture.image.credit)}
