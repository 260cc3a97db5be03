import secrets
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.utils.file import hash_filelike

from iom import languages
from iom.media.metadata import strip_metadata
from iom.publishing import jobs
from iom.values import CheckedValues

JOB = "picture"  # the kind of the job (iom.media.renditions)


class SiteImage(CheckedValues, AbstractImage):
    """A picture with its credit and rights. Each use of it has its own alternative text and caption."""

    FOCAL_POINT = ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")
    # The fields that renditions depend on. Their files contain the credit and the rights (`iom.media.iptc`).
    RENDITION_FIELDS = ("file", "credit", "for_press", *FOCAL_POINT)

    credit = models.CharField(
        _("credit"),
        max_length=120,
        blank=True,
        help_text=_(
            "Shown after “Credit:”, for example “© IOM/Name”. The acronym is adapted to the language of the page."
        ),
    )
    rights = models.CharField(
        _("rights"),
        max_length=255,
        blank=True,
        help_text=_("Who owns the picture, and how it may be used. Not shown on the site."),
    )
    rights_until = models.DateField(
        _("may be used until"),
        null=True,
        blank=True,
        help_text=_("The last day on which the site may show the picture. Empty: without end."),
    )
    for_press = models.BooleanField(
        _("may be reused by the press"),
        default=False,
        help_text=_("Journalists may download the picture with the article, and publish it with its credit."),
    )
    # The version of `iom.media.pictures.USES` for which all renditions exist; empty until the job has made them.
    prepared_for = models.CharField(max_length=40, blank=True, default="", db_index=True, editable=False)
    # The renditions, so that pages need no query: {spec: [name, width, height]}.
    rendition_map = models.JSONField(default=dict, blank=True, editable=False)

    admin_form_fields = (
        "title",
        "file",
        "credit",
        "rights",
        "rights_until",
        "for_press",
        "collection",
        "tags",
        *FOCAL_POINT,
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self) -> str:
        """Empty, because a title is not an alternative text, and each use has its own."""
        return ""

    def get_upload_to(self, filename: str) -> str:
        """Returns `original_images/<token>/<name>`, which is never served."""
        return _with_token(super().get_upload_to(filename[-44:]))

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if not self.file._committed:
            clean = strip_metadata(self.file.file)
            if clean is not None:
                clean.name = self.file.name  # to Django a file without a name is false, and its size is ignored
                self.file.file = clean
                self.file_size = clean.size
                self.file_hash = hash_filelike(clean)
        changed = self._changed_fields(
            self.RENDITION_FIELDS if update_fields is None else set(self.RENDITION_FIELDS) & set(update_fields)
        )
        if changed:
            self.prepared_for = ""
            update_fields = update_fields and {*update_fields, "prepared_for", "rendition_map"}
        if "file" in changed:
            self.rendition_map = {}
        super().save(*args, update_fields=update_fields, **kwargs)
        if "file" in changed:
            self.renditions.all().delete()  # Wagtail does this only in its form
        if changed:
            jobs.enqueue(JOB, self.pk)

    def _changed_fields(self, names: Collection[str]) -> set[str]:
        """Returns the fields that differ from the database; all of them for a new picture."""
        stored = type(self).objects.filter(pk=self.pk).values(*names).first() if names and self.pk else None
        now = {name: self.file.name if name == "file" else getattr(self, name) for name in names}
        return {name for name in names if stored is None or stored[name] != now[name]}


class Rendition(AbstractRendition):
    """A picture in one size and format. Its address cannot be derived from another one's."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_per_filter"
            )
        ]
        # Each request for a rendition looks up its picture
        indexes = [models.Index(fields=["file"], name="rendition_by_file")]

    def get_upload_to(self, filename: str) -> str:
        return _with_token(super().get_upload_to(filename[-44:]))


def _with_token(path: str) -> str:
    """Returns `<folder>/<token>/<name>`, which cannot be guessed."""
    folder, name = path.split("/", 1)
    return f"{folder}/{secrets.token_hex(16)}/{name}"


@receiver(post_delete, sender=Rendition)
def mark_unprepared(instance: Rendition, **kwargs: Any) -> None:
    """Clears the rendition map of the picture, which must not name deleted files. They are prepared again."""
    SiteImage.objects.filter(pk=instance.image_id).update(prepared_for="", rendition_map={})


def document_path(document: "SiteDocument", filename: str) -> str:
    """Returns `documents/<name>-<token>.<ext>`. The token is in the name, as Wagtail's address has only the name."""
    path = PurePosixPath(filename)
    return f"documents/{slugify(path.stem)[:50] or 'document'}-{secrets.token_hex(16)}{path.suffix.lower()}"


class SiteDocument(CheckedValues, AbstractDocument):
    """A file to download, in one language."""

    file = models.FileField(_("file"), upload_to=document_path)
    language = models.CharField(
        _("language"),
        max_length=8,
        default=settings.LANGUAGE_CODE,
        help_text=_("Shown to readers if it differs from the language of the page."),
    )

    admin_form_fields = ("title", "file", "language", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        """Skips validation without a file: Wagtail's view for several files attaches the file after the form."""
        if self.file:
            super().clean()

    @property
    def language_own_name(self) -> str:
        """The name of the language in that language."""
        return languages.own_name(self.language)
