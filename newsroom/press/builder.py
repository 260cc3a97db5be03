"""Builds the archives for the press in background jobs, never in a visitor's request."""

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
from wagtail.coreutils import string_to_ascii

from iom import languages
from iom.core.templatetags.site import credit, is_other_language
from iom.listing.reading import shown
from iom.media import iptc, renditions
from iom.publishing import events, jobs
from newsroom.models import NewsArticle, PressArchive
from newsroom.press import contents
from newsroom.press.contents import Contents, Picture

logger = logging.getLogger(__name__)

JOB = "press-archive"
CHECKS_PER_RUN = 200  # archives whose digest is checked every minute
CREDITS = "CREDITS.txt"
_MAX_IN_MEMORY = 4 * 1024**2  # bytes; a larger archive is built in a temporary file
_EARLIEST, _LATEST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)  # the limits of dates in a ZIP file
_MAX_NAME_BYTES = 200  # file systems allow 255


@receiver([events.published, events.reinstated], sender=NewsArticle)
def enqueue_published(pages: list[int], **kwargs: object) -> None:
    jobs.enqueue(JOB, *pages)


@receiver([events.unpublished, events.expired, events.moved, events.made_private, events.made_public])
def enqueue_changed(pages: list[int], **kwargs: object) -> None:
    texts = NewsArticle.objects.filter(pk__in=pages).values("translation_key")
    jobs.enqueue(JOB, *NewsArticle.objects.filter(translation_key__in=texts).values_list("pk", flat=True))


@receiver(events.withdrawn, sender=NewsArticle)
def delete_withdrawn(pages: list[int], **kwargs: object) -> None:
    """Deletes the archives at once, without a job, which may have to wait."""
    PressArchive.objects.filter(article__in=pages).delete()


def find_outdated() -> Iterator[int]:
    """Yields the keys of the articles whose archive is missing, may not exist, or would differ if it were built now.

    The digests of CHECKS_PER_RUN archives are compared, those first that were checked the longest ago.
    """
    articles = shown().filter(content_type__model="newsarticle")
    missing = articles.filter(page__newsarticle__press_archive=None, shown_date__isnull=False)
    yield from missing.order_by("shown_date", "pk").values_list("pk", flat=True)
    republished = Q(article__last_published_at__gt=F("begun_at"))
    is_outdated = ~Q(article__in=articles.values("pk")) | Q(file="") | republished
    yield from PressArchive.objects.filter(is_outdated).values_list("article", flat=True)
    up_to_date = []
    for archive in PressArchive.objects.exclude(is_outdated).order_by("checked_at")[:CHECKS_PER_RUN]:
        if _is_up_to_date(archive):
            up_to_date.append(archive.pk)
        else:
            yield archive.article_id
    PressArchive.objects.filter(pk__in=up_to_date).update(checked_at=timezone.now())


@jobs.handler(
    JOB, label=gettext_lazy("Create the press archive"), model=NewsArticle, missing=find_outdated, latest_first=True
)
def rebuild(key: str) -> None:
    """Deletes the archive of an article if it would differ from one built now, and builds the one that is missing.

    If the new archive has another digest, those of the translations follow: an archive has the captions of all
    languages.
    """
    archive = PressArchive.objects.filter(article=int(key)).first()
    before = archive.digest if archive else ""
    if archive is not None:
        if archive.file and not archive.is_outdated and _is_up_to_date(archive):
            return
        archive.delete()
    if build(int(key)) and not PressArchive.objects.filter(article=int(key), digest=before).exists():
        texts = NewsArticle.objects.filter(pk=key).values("translation_key")
        translations = NewsArticle.objects.filter(translation_key__in=texts, live=True).exclude(pk=key)
        jobs.enqueue(JOB, *translations.values_list("pk", flat=True))


def _is_up_to_date(archive: PressArchive) -> bool:
    """Whether the archive is current. If the check itself fails, it is built again, and the other checks go on."""
    try:
        return is_current(archive)
    except Exception:
        logger.exception("The archive of article %s could not be checked, and is made again", archive.article_id)
        return False


def is_current(archive: PressArchive) -> bool:
    """Whether the article is public and its archive would have the same digest if it were built now."""
    article = _get_public_article(archive.article_id)
    if article is None:
        return False
    with override(article.locale.language_code):
        return contents.collect(article).digest == archive.digest


def build(pk: int) -> bool:
    """Builds the archive of a public article that has none. Returns whether it has been built."""
    article = _get_public_article(pk)
    if article is None:
        return False
    archive, is_new = PressArchive.objects.get_or_create(article=article)
    if not is_new:
        return False
    try:
        with override(article.locale.language_code), tempfile.SpooledTemporaryFile(_MAX_IN_MEMORY) as file:
            allowed = contents.collect(article)
            packed = allowed.without_missing_files()
            write_zip(article, packed, file)
            size = file.tell()
            file.seek(0)
            field = PressArchive._meta.get_field("file")
            name = field.storage.save(field.generate_filename(archive, file_name(article, ".zip")), File(file))
    except Exception:
        archive.delete()
        raise
    # The row is gone if the article has been withdrawn or published again in the meantime
    is_wanted = PressArchive.objects.filter(pk=archive.pk, file="").update(
        file=name,
        size=size,
        digest=allowed.digest,
        picture_count=len(packed.pictures),
        document_count=len(packed.documents),
    )
    if not is_wanted:
        field.storage.delete(name)
    return bool(is_wanted)


def _get_public_article(pk: int) -> NewsArticle | None:
    """Returns the article if it is public."""
    return (
        NewsArticle.objects.filter(pk__in=shown().filter(pk=pk).values("pk"))
        .select_related("locale", "lead_picture")
        .first()
    )


def write_zip(article: NewsArticle, contents: Contents, file: IO[bytes]) -> None:
    """Writes the ZIP file in the active language. Files are copied in chunks, since pictures may be large."""
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
                    target.write(iptc.header_with_metadata(opened, picture.image, dict(picture.captions)))
                shutil.copyfileobj(opened, target)

        archive.writestr(entry(file_name(article, ".txt"), ZIP_DEFLATED), contents.text)
        if contents.pictures or contents.withheld:
            archive.writestr(entry(CREDITS, ZIP_DEFLATED), credits_text(article, contents))
        for number, picture in enumerate(contents.pictures, start=1):
            name = picture_name(number, picture)
            if _uses_original(picture):
                copy(name, picture.image.file, ZIP_STORED, picture)  # pictures are compressed already
            else:
                jpeg = renditions.jpeg_with_metadata(picture.image, dict(picture.captions))
                archive.writestr(entry(name, ZIP_STORED), jpeg)
        for document in contents.documents:
            copy(f"{_in_ascii(gettext('documents'))}/{document.filename}", document.file, ZIP_DEFLATED)


def _uses_original(picture: Picture) -> bool:
    """Whether the archive gets the uploaded file, with caption and credit as metadata, and not a JPEG made from it."""
    return picture.image.file.name.lower().endswith(iptc.FORMATS)


def file_name(article: NewsArticle, ending: str) -> str:
    """Returns the article's slug, cut to _MAX_NAME_BYTES, with `ending`."""
    return article.slug.encode()[:_MAX_NAME_BYTES].decode(errors="ignore") + ending


def picture_name(number: int, picture: Picture) -> str:
    """Returns a name such as `pictures/01-airport-dawn.jpg`, with the folder in the active language."""
    path = PurePosixPath(picture.image.file.name)
    suffix = path.suffix.lower() if _uses_original(picture) else ".jpg"
    stem = slugify(path.stem)[:60] or _in_ascii(gettext("picture"))
    return f"{_in_ascii(gettext('pictures'))}/{number:02}-{stem}{suffix}"


def _in_ascii(word: str) -> str:
    """Returns the word for a name of a file, which every program unpacks."""
    return slugify(string_to_ascii(word))


def credits_text(article: NewsArticle, contents: Contents) -> str:
    """Returns the content of CREDITS.txt: caption, description, credit and rights of each picture."""
    passages = ["\n".join([article.title, article.full_url])]
    passages += ["\n".join(_picture_lines(number, one)) for number, one in enumerate(contents.pictures, start=1)]
    if contents.withheld:
        reason = gettext("Not in this file, because the press may not reuse them:")
        passages.append("\n".join([reason, *(f"- {_short_description(one)}" for one in contents.withheld)]))
    return "\n\n".join(passages) + "\n"


def _picture_lines(number: int, picture: Picture) -> Iterator[str]:
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


def _short_description(picture: Picture) -> str:
    description = picture.caption or picture.alt or gettext("a picture")
    return f"{description} ({_credit(picture)})" if picture.image.credit else description


def _credit(picture: Picture) -> str:
    return gettext("Credit: %(credit)s") % {"credit": credit(picture.image.credit)}
