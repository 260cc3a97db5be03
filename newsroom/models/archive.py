import secrets

from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def archive_path(archive: "PressArchive", name: str) -> str:
    """Returns `press/<token>/<name>`. The token cannot be guessed, and a view that checks access serves the file."""
    return f"press/{archive.token}/{name}"


def _token() -> str:
    return secrets.token_hex(16)


class PressArchive(models.Model):
    """A ZIP file for journalists with the text, the pictures and the documents of an article.

    A job builds it, and builds it again when its contents change. It is served only while its digest is that of the
    contents which it would have now.
    """

    wagtail_reference_index_ignore = True  # an article is not in use because of its own archive

    article = models.OneToOneField("newsroom.NewsArticle", on_delete=models.CASCADE, related_name="press_archive")
    token = models.CharField(max_length=32, unique=True, default=_token)
    # Empty while the archive is being built, and if that has failed
    file = models.FileField(upload_to=archive_path, max_length=255, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)  # SHA-256 of all that the archive contains
    picture_count = models.PositiveSmallIntegerField(default=0)
    document_count = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(default=timezone.now, db_index=True)  # when the digest was last correct

    class Meta:
        verbose_name = _("press archive")
        verbose_name_plural = _("press archives")

    def __str__(self) -> str:
        return self.name or str(self.article_id)

    @property
    def name(self) -> str:
        """The file name of the download."""
        return (self.file.name or "").rpartition("/")[2]

    @property
    def is_outdated(self) -> bool:
        """Whether the article has been published since the archive was begun."""
        published_at = self.article.last_published_at
        return published_at is not None and published_at > self.begun_at

    @property
    def label(self) -> str:
        """The text of the download link, in the active language."""
        if self.picture_count:
            return gettext("Download text and pictures")
        return gettext("Download text and documents") if self.document_count else gettext("Download text")

    @property
    def url(self) -> str:
        return reverse("press_archive", args=[self.token, self.name])


@receiver(post_delete, sender=PressArchive)
def remove_file(instance: PressArchive, **kwargs: object) -> None:
    """Deletes the file of a deleted row, once the transaction is committed."""
    storage, name = instance.file.storage, instance.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))
