import secrets
from collections.abc import Collection, Iterable
from pathlib import PurePosixPath
from typing import Any

from django.db import models
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.utils.file import hash_filelike

from iom import languages
from iom.media.metadata import without_metadata
from iom.publishing import jobs
from iom.values import CheckedValues

JOB = "picture"  # the kind of job that prepares one (iom.media.renditions)


def _token() -> str:
    return secrets.token_hex(8)


class SiteImage(CheckedValues, AbstractImage):
    """A picture. Credit and rights belong to it; alternative text and caption belong to each use of it."""

    # What its renditions depend on.
    SHOWN = ("file", "focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height")

    credit = models.CharField(
        _("credit"),
        max_length=120,
        blank=True,
        help_text=_("As it is printed after “Photo:”, for example “© IOM/Name”."),
    )
    rights = models.CharField(
        _("rights"),
        max_length=255,
        blank=True,
        help_text=_("Who owns the picture, and until when it may be used. Not published."),
    )
    for_press = models.BooleanField(
        _("may be reused by the press"),
        default=False,
        help_text=_("Journalists may download it with the articles that show it, and publish it with its credit."),
    )
    # The version of `iom.media.pictures.USES` that it is prepared for; empty: it waits for the background process.
    prepared_for = models.CharField(max_length=40, blank=True, default="", db_index=True, editable=False)
    # Its renditions as pages read them, so that a picture costs no query: {spec: [name, width, height]}.
    rendition_map = models.JSONField(default=dict, blank=True, editable=False)

    admin_form_fields = (
        "title",
        "file",
        "credit",
        "rights",
        "for_press",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    @property
    def default_alt_text(self) -> str:
        """Empty: a file's title is no alternative text. Each use brings its own."""
        return ""

    def get_upload_to(self, filename: str) -> str:
        """`original_images/<token>/<name>`: never served, and not to be guessed either."""
        folder, name = super().get_upload_to(filename[-60:]).split("/", 1)
        return f"{folder}/{_token()}/{name}"

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        if not self.file._committed:
            clean = without_metadata(self.file.file)
            if clean is not None:
                clean.name = self.file.name  # Django takes a file without a name for none, and forgets its size
                self.file.file = clean
                self.file_size = clean.size
                self.file_hash = hash_filelike(clean)
        changed = self._changed(self.SHOWN if update_fields is None else set(self.SHOWN) & set(update_fields))
        if changed:
            self.prepared_for = ""
            update_fields = update_fields and {*update_fields, "prepared_for", "rendition_map"}
        if "file" in changed:
            self.rendition_map = {}
        super().save(*args, update_fields=update_fields, **kwargs)
        if "file" in changed:
            self.renditions.all().delete()  # Wagtail does so in its form only
        if changed:
            jobs.enqueue(JOB, self.pk)

    def _changed(self, names: Collection[str]) -> set[str]:
        """Those of the fields that differ from what the database holds; all where it holds nothing yet."""
        stored = type(self).objects.filter(pk=self.pk).values(*names).first() if names and self.pk else None
        now = {name: self.file.name if name == "file" else getattr(self, name) for name in names}
        return {name for name in names if stored is None or stored[name] != now[name]}


class Rendition(AbstractRendition):
    """A picture in one size and format, at an address that cannot be guessed from another's."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="rendition_once_per_filter"
            )
        ]

    def get_upload_to(self, filename: str) -> str:
        folder, name = super().get_upload_to(filename[-60:]).split("/", 1)
        return f"{folder}/{_token()}/{name}"


@receiver(post_delete, sender=Rendition)
def prepare_again(instance: Rendition, **kwargs: Any) -> None:
    """A picture does not name files that are gone, whoever has deleted them."""
    SiteImage.objects.filter(pk=instance.image_id).update(prepared_for="", rendition_map={})


def document_path(document: "SiteDocument", filename: str) -> str:
    """`documents/<name>-<token>.<ext>`: the token is in the name, since Wagtail's address carries only the name."""
    path = PurePosixPath(filename)
    return f"documents/{slugify(path.stem)[:50] or 'document'}-{_token()}{path.suffix.lower()}"


class SiteDocument(CheckedValues, AbstractDocument):
    """A file to download, in one language."""

    file = models.FileField(_("file"), upload_to=document_path)
    language = models.CharField(
        _("language"),
        max_length=8,
        default="fr",
        help_text=_("Shown to readers where it differs from the language of the page."),
    )

    admin_form_fields = ("title", "file", "language", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def clean(self) -> None:
        """Where several files are uploaded, the file was checked before, and is attached after the form is valid."""
        if self.file:
            super().clean()

    @property
    def language_own_name(self) -> str:
        """The language's name in itself, for a reader who looks for it."""
        return languages.own_name(self.language)
