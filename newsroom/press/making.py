"""Makes the archives for the press: by the background process, never in a visitor's request."""

import logging
import math
import tempfile
import time
from datetime import timedelta

from django.core.files import File
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import override

from iom.navigation.visibility import visible
from newsroom.models import NewsArticle, PressArchive
from newsroom.press import contents, packing

logger = logging.getLogger("iom.press")

RETRY = timedelta(minutes=10)  # what could not be made is tried again after that
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
    """Removes what visitors may no longer see, what names someone who has left, and what was never finished."""
    shown = visible(NewsArticle.objects.all()).values("pk")
    has_left = Q(good_until__lt=timezone.localdate())
    unfinished = Q(file="", begun_at__lt=timezone.now() - RETRY)
    PressArchive.objects.filter(~Q(article__in=shown) | has_left | unfinished).delete()


def forget(archives: QuerySet[PressArchive]) -> None:
    """Removes archives whose contents have changed; the background process makes them anew."""
    PressArchive.objects.filter(pk__in=archives.values("pk")).delete()


def make(pk: int) -> bool:
    """Makes the archive of an article. Returns whether it is there now.

    What fails is logged, and left until `sweep` lets it be tried again.
    """
    begun = _begin(pk)
    if begun is None:
        return False
    article, archive, held = begun
    try:
        with override(article.locale.language_code), tempfile.SpooledTemporaryFile(_IN_MEMORY) as file:
            packing.pack(article, held, file)
            size = file.tell()
            file.seek(0)
            field = PressArchive._meta.get_field("file")
            name = field.storage.save(field.generate_filename(archive, f"{article.slug}.zip"), File(file))
    except Exception:
        logger.exception("The archive of article %s could not be made; trying again in %s.", pk, RETRY)
        return False
    # Where something has changed in the meantime, the row is gone, and what was made is of no use.
    with transaction.atomic():
        is_wanted = PressArchive.objects.filter(pk=archive.pk, file="").update(file=name, size=size)
    if not is_wanted:
        field.storage.delete(name)
    return bool(is_wanted)


def _begin(pk: int) -> tuple[NewsArticle, PressArchive, contents.Contents] | None:
    """Notes what the archive is to hold. From then on, whatever changes of it deletes the row."""
    with transaction.atomic():
        # Whoever publishes at this moment is waited for.
        locked = NewsArticle.objects.select_for_update(of=("self",)).filter(pk=pk)
        article = visible(locked).select_related("locale").first()
        if article is None:
            return None
        archive, is_new = PressArchive.objects.get_or_create(article=article)
        if not is_new:
            return None
        with override(article.locale.language_code):
            held = contents.of(article)
        archive.pictures.set([one.image for one in (*held.pictures, *held.withheld)])
        archive.documents.set([*held.documents, *held.withheld_documents])
        archive.contacts.set(held.contacts)
        archive.picture_count = len(held.pictures)
        archive.document_count = len(held.documents)
        archive.good_until = held.good_until
        archive.save()
        return article, archive, held
