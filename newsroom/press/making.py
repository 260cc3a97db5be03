"""Makes the archives for the press: by the background process, never in a visitor's request."""

import logging
import tempfile
from collections.abc import Iterator

from django.core.files import File
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy, override

from iom.navigation.visibility import visible
from iom.publishing import jobs
from newsroom.models import NewsArticle, PressArchive
from newsroom.press import contents, packing

logger = logging.getLogger("iom.press")

JOB = "press-archive"
CHECKED_AT_ONCE = 200  # of the archives, every minute
_IN_MEMORY = 4 * 1024**2


def wrong() -> Iterator[int]:
    """The keys of the articles whose archive is missing, is not to be there, or would be another if made now.

    The latter is found out a number at a time, those first that have not been checked for longest.
    """
    shown = visible(NewsArticle.objects.all())
    yield from shown.filter(press_archive=None, date__isnull=False).order_by("date", "pk").values_list("pk", flat=True)
    republished = Q(article__last_published_at__gt=F("begun_at"))
    is_wrong = ~Q(article__in=shown.values("pk")) | Q(file="") | republished
    yield from PressArchive.objects.filter(is_wrong).values_list("article", flat=True)
    right = []
    for archive in PressArchive.objects.exclude(is_wrong).order_by("checked_at")[:CHECKED_AT_ONCE]:
        try:
            is_right = is_current(archive)
        except Exception:  # one that cannot be checked keeps no other from it
            logger.exception("The archive of article %s could not be checked", archive.article_id)
            is_right = False
        if is_right:
            right.append(archive.pk)
        else:
            yield archive.article_id
    PressArchive.objects.filter(pk__in=right).update(checked_at=timezone.now())


@jobs.handler(
    JOB, label=gettext_lazy("Make the archive for the press"), model=NewsArticle, missing=wrong, latest_first=True
)
def renew(key: str) -> None:
    """Removes an archive that is not what it would be if made now, and makes the one that ought to be there."""
    archive = PressArchive.objects.filter(article=int(key)).first()
    if archive is not None:
        if _is_right(archive):
            return
        archive.delete()
    make(int(key))


def _is_right(archive: PressArchive) -> bool:
    published_at = archive.article.last_published_at
    try:
        return bool(archive.file) and not (published_at and published_at > archive.begun_at) and is_current(archive)
    except Exception:
        logger.exception("The archive of article %s could not be checked, and is made anew", archive.article_id)
        return False


def is_current(archive: PressArchive) -> bool:
    """Whether anyone may see the article, and its archive would be the same if it were made now."""
    article = _shown(archive.article_id)
    if article is None:
        return False
    with override(article.locale.language_code):
        return contents.of(article).digest == archive.digest


def make(pk: int) -> bool:
    """Makes the archive of an article that has none. Returns whether it is there now."""
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
            packing.pack(article, held, file)
            size = file.tell()
            file.seek(0)
            field = PressArchive._meta.get_field("file")
            name = field.storage.save(field.generate_filename(archive, packing.name_of(article, ".zip")), File(file))
    except Exception:
        archive.delete()
        raise
    # What has changed in the meantime makes it void; where the article has been withdrawn, the row may be gone.
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
    return visible(NewsArticle.objects.filter(pk=pk)).select_related("locale", "lead_picture").first()
