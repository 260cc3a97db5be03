import secrets

from django.db import models, transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


def archive_path(archive: "PressArchive", name: str) -> str:
    """`press/<token>/<name>`: served only by a view that checks, and with a token that cannot be guessed."""
    return f"press/{archive.token}/{name}"


def _token() -> str:
    return secrets.token_hex(16)


class PressArchive(models.Model):
    """What journalists may download of an article: its text, its pictures and its documents in one file.

    The background process makes it, and makes it again once it would hold something else. It is served as long as its
    digest is that of what it would hold at that moment.
    """

    wagtail_reference_index_ignore = True  # an article is not in use because of its own archive

    article = models.OneToOneField("newsroom.NewsArticle", on_delete=models.CASCADE, related_name="press_archive")
    token = models.CharField(max_length=32, unique=True, default=_token)
    # Empty while it is being made, or where that has failed.
    file = models.FileField(upload_to=archive_path, max_length=255, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)  # of all that it holds
    picture_count = models.PositiveSmallIntegerField(default=0)
    document_count = models.PositiveSmallIntegerField(default=0)
    begun_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(default=timezone.now, db_index=True)  # when its digest was last found right

    class Meta:
        verbose_name = _("press archive")
        verbose_name_plural = _("press archives")

    def __str__(self) -> str:
        return self.name or str(self.article_id)

    @property
    def name(self) -> str:
        """The name of the download."""
        return (self.file.name or "").rpartition("/")[2]

    @property
    def is_outdated(self) -> bool:
        """Whether the article has been published since the archive was begun."""
        published_at = self.article.last_published_at
        return published_at is not None and published_at > self.begun_at

    @property
    def label(self) -> str:
        """The text of its link, in the interface's language."""
        if self.picture_count:
            return gettext("Download text and pictures")
        return gettext("Download text and documents") if self.document_count else gettext("Download text")

    @property
    def url(self) -> str:
        return reverse("press_archive", args=[self.token, self.name])


@receiver(post_delete, sender=PressArchive)
def remove_file(instance: PressArchive, **kwargs: object) -> None:
    """Removes the file with its row, once the transaction is committed."""
    storage, name = instance.file.storage, instance.file.name
    if name:
        transaction.on_commit(lambda: storage.delete(name))
