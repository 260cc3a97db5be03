"""Makes the archives for the press: by the background process, never in a visitor's request."""

import logging
import math
import tempfile
import time
from datetime import timedelta

from django.core.files import File
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import override

from iom.navigation.visibility import visible
from newsroom.models import NewsArticle, PressArchive
from newsroom.press import contents, packing

logger = logging.getLogger("iom.press")

RETRY = timedelta(minutes=10)  # what could not be made is tried again after that
CHECKED_AT_ONCE = 200  # of the archives, in a round of the background process
_IN_MEMORY = 4 * 1024**2


def make_waiting(until: float = math.inf) -> int:
    """Makes those that are missing, of the latest articles first, up to the moment `until`. How many are made."""
    made = 0
    waiting = NewsArticle.objects.filter(press_archive__isnull=True, date__isnull=False).order_by("-date", "-pk")
    while time.time() < until:
        article = visible(waiting).values_list("pk", flat=True).first()
        if article is None:
            break
        made += make(article)
    return made


def sweep() -> None:
    """Removes what visitors may no longer see, what was never finished, and what would be another if made now.

    The latter is found out a number at a time, those first that have not been checked for longest.
    """
    shown = visible(NewsArticle.objects.all()).values("pk")
    unfinished = Q(file="", begun_at__lt=timezone.now() - RETRY)
    republished = Q(article__last_published_at__gt=F("begun_at"))
    PressArchive.objects.filter(~Q(article__in=shown) | unfinished | republished).delete()
    for archive in PressArchive.objects.exclude(file="").order_by("checked_at")[:CHECKED_AT_ONCE]:
        try:
            is_right = is_current(archive)
        except Exception:  # one that cannot be checked keeps no other from it
            logger.exception("The archive of article %s could not be checked, and is removed.", archive.article_id)
            is_right = False
        if is_right:
            PressArchive.objects.filter(pk=archive.pk).update(checked_at=timezone.now())
        else:
            archive.delete()


def is_current(archive: PressArchive) -> bool:
    """Whether anyone may see the article, and its archive would be the same if it were made now."""
    article = _shown(archive.article_id)
    if article is None:
        return False
    with override(article.locale.language_code):
        return contents.of(article).digest == archive.digest


def make(pk: int) -> bool:
    """Makes the archive of an article. Returns whether it is there now.

    What fails is logged, and left until `sweep` lets it be tried again.
    """
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
        logger.exception("The archive of article %s could not be made; trying again in %s.", pk, RETRY)
        return False
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
