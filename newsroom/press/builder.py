"""Builds the archives for the press: by the background process, never in a visitor's request."""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.core.files import File
from django.db.models import F, Q
from django.db.models.fields.files import FieldFile
from django.dispatch import receiver
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy, override

from iom import languages
from iom.core.templatetags.site import credit, is_other_language
from iom.listing.reading import shown
from iom.media import notice, renditions
from iom.publishing import events, jobs
from newsroom.models import NewsArticle, PressArchive
from newsroom.press import contents
from newsroom.press.contents import Contents, Picture

logger = logging.getLogger(__name__)

JOB = "press-archive"
CHECKED_AT_ONCE = 200  # of the archives, every minute
CREDITS = "CREDITS.txt"
_IN_MEMORY = 4 * 1024**2
_EARLIEST, _LATEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)  # that a ZIP file can hold
_LONGEST_NAME = 200  # bytes: file systems hold 255


@receiver([events.published, events.reinstated], sender=NewsArticle)
def enqueue_published(pages: list[int], **kwargs: object) -> None:
    jobs.enqueue(JOB, *pages)


@receiver([events.unpublished, events.expired, events.moved, events.made_private, events.made_public])
def enqueue_changed(pages: list[int], **kwargs: object) -> None:
    texts = NewsArticle.objects.filter(pk__in=pages).values("translation_key")
    jobs.enqueue(JOB, *NewsArticle.objects.filter(translation_key__in=texts).values_list("pk", flat=True))


@receiver(events.withdrawn, sender=NewsArticle)
def delete_withdrawn(pages: list[int], **kwargs: object) -> None:
    """At once: a job may wait."""
    PressArchive.objects.filter(article__in=pages).delete()


def wrong() -> Iterator[int]:
    """The keys of the articles whose archive is missing, may not exist, or would differ if it were built now.

    Whether it would differ is asked of CHECKED_AT_ONCE archives, those first that were checked the longest ago.
    """
    articles = shown().filter(content_type__model="newsarticle")
    missing = articles.filter(page__newsarticle__press_archive=None, shown_date__isnull=False)
    yield from missing.order_by("shown_date", "pk").values_list("pk", flat=True)
    republished = Q(article__last_published_at__gt=F("begun_at"))
    is_wrong = ~Q(article__in=articles.values("pk")) | Q(file="") | republished
    yield from PressArchive.objects.filter(is_wrong).values_list("article", flat=True)
    right = []
    for archive in PressArchive.objects.exclude(is_wrong).order_by("checked_at")[:CHECKED_AT_ONCE]:
        if _is_right(archive):
            right.append(archive.pk)
        else:
            yield archive.article_id
    PressArchive.objects.filter(pk__in=right).update(checked_at=timezone.now())


@jobs.handler(JOB, label=gettext_lazy("Create the press archive"), model=NewsArticle, missing=wrong, latest_first=True)
def renew(key: str) -> None:
    """Removes an archive that would differ if it were built now, and builds the one that is missing.

    Where it says something new, those of its translations are next: an archive has the captions of all languages.
    """
    archive = PressArchive.objects.filter(article=int(key)).first()
    before = archive.digest if archive else ""
    if archive is not None:
        if archive.file and not archive.is_outdated and _is_right(archive):
            return
        archive.delete()
    if make(int(key)) and not PressArchive.objects.filter(article=int(key), digest=before).exists():
        texts = NewsArticle.objects.filter(pk=key).values("translation_key")
        translations = NewsArticle.objects.filter(translation_key__in=texts, live=True).exclude(pk=key)
        jobs.enqueue(JOB, *translations.values_list("pk", flat=True))


def _is_right(archive: PressArchive) -> bool:
    """Whether it is current; one that cannot be checked is made again, and the others are checked all the same."""
    try:
        return is_current(archive)
    except Exception:
        logger.exception("The archive of article %s could not be checked, and is made again", archive.article_id)
        return False


def is_current(archive: PressArchive) -> bool:
    """Whether anyone may see the article, and its archive would be the same if it were built now."""
    article = _shown(archive.article_id)
    if article is None:
        return False
    with override(article.locale.language_code):
        return contents.of(article).digest == archive.digest


def make(pk: int) -> bool:
    """Builds the archive of an article that has none. Returns whether it exists now."""
    article = _shown(pk)
    if article is None:
        return False
    archive, is_new = PressArchive.objects.get_or_create(article=article)
    if not is_new:
        return False
    try:
        with override(article.locale.language_code), tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
            allowed = contents.of(article)
            held = allowed.in_storage()
            pack(article, held, file)
            size = file.tell()
            file.seek(0)
            field = PressArchive._meta.get_field("file")
            name = field.storage.save(field.generate_filename(archive, name_of(article, ".zip")), File(file))
    except Exception:
        archive.delete()
        raise
    # The row is gone where the article has been withdrawn or published again in the meantime.
    is_wanted = PressArchive.objects.filter(pk=archive.pk, file="").update(
        file=name,
        size=size,
        digest=allowed.digest,
        picture_count=len(held.pictures),
        document_count=len(held.documents),
    )
    if not is_wanted:
        field.storage.delete(name)
    return bool(is_wanted)


def _shown(pk: int) -> NewsArticle | None:
    """The article, if anyone may see it."""
    return (
        NewsArticle.objects.filter(pk__in=shown().filter(pk=pk).values("pk"))
        .select_related("locale", "lead_picture")
        .first()
    )


def pack(article: NewsArticle, contents: Contents, file: IO[bytes]) -> None:
    """Writes the ZIP file in the active language. Files are copied in chunks: pictures may be large."""
    moment = timezone.localtime(article.updated_at or article.date)
    with ZipFile(file, "w") as archive:

        def entry(name: str, method: int) -> ZipInfo:
            info = ZipInfo(name, min(max(moment.timetuple()[:6], _EARLIEST), _LATEST))
            info.compress_type = method
            info.external_attr = 0o644 << 16
            return info

        def copy(name: str, source: FieldFile, method: int, picture: Picture | None = None) -> None:
            with source.storage.open(str(source.name)) as opened, archive.open(entry(name, method), "w") as target:
                if picture:
                    target.write(notice.head_with(opened, picture.image, dict(picture.captions)))
                shutil.copyfileobj(opened, target)

        archive.writestr(entry(name_of(article, ".txt"), ZIP_DEFLATED), contents.text)
        if contents.pictures or contents.withheld:
            archive.writestr(entry(CREDITS, ZIP_DEFLATED), credits(article, contents))
        for number, picture in enumerate(contents.pictures, start=1):
            name = picture_name(number, picture)
            if _is_kept(picture):
                copy(name, picture.image.file, ZIP_STORED, picture)  # compressed already
            else:
                signed = renditions.signed_jpeg(picture.image, dict(picture.captions))
                archive.writestr(entry(name, ZIP_STORED), signed)
        for document in contents.documents:
            copy(f"documents/{document.filename}", document.file, ZIP_DEFLATED)


def _is_kept(picture: Picture) -> bool:
    """Whether the original itself goes into the archive."""
    return picture.image.file.name.lower().endswith(notice.FORMATS)


def name_of(article: NewsArticle, ending: str) -> str:
    """The article's slug with `ending`, as long as any file system can hold."""
    return article.slug.encode()[:_LONGEST_NAME].decode(errors="ignore") + ending


def picture_name(number: int, picture: Picture) -> str:
    """`pictures/01-airport-dawn.jpg`"""
    path = PurePosixPath(picture.image.file.name)
    suffix = path.suffix.lower() if _is_kept(picture) else ".jpg"
    return f"pictures/{number:02}-{slugify(path.stem)[:60] or 'picture'}{suffix}"


def credits(article: NewsArticle, contents: Contents) -> str:
    """The words and the credit of each picture."""
    passages = ["\n".join([article.title, article.full_url])]
    passages += ["\n".join(_described(number, one)) for number, one in enumerate(contents.pictures, start=1)]
    if contents.withheld:
        why = gettext("Not in this file, because the press may not reuse them:")
        passages.append("\n".join([why, *(f"- {_words(one)}" for one in contents.withheld)]))
    return "\n\n".join(passages) + "\n"


def _described(number: int, picture: Picture) -> Iterator[str]:
    yield picture_name(number, picture)
    if picture.caption:
        yield gettext("Caption: %(text)s") % {"text": picture.caption}
    for code, text in picture.captions:
        if is_other_language(code):
            yield gettext("Caption (%(language)s): %(text)s") % {"language": languages.name(code), "text": text}
    if picture.alt:
        yield gettext("Description: %(text)s") % {"text": picture.alt}
    if picture.image.credit:
        yield _credit(picture)
        yield gettext("Rights: the press may reuse this picture, with its credit.")
    else:
        yield gettext("Rights: the press may reuse this picture.")


def _words(picture: Picture) -> str:
    said = picture.caption or picture.alt or gettext("a picture")
    return f"{said} ({_credit(picture)})" if picture.image.credit else said


def _credit(picture: Picture) -> str:
    return gettext("Credit: %(credit)s") % {"credit": credit(picture.image.credit)}
