from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class ImportedText(models.Model):
    """The source of an imported article, the report of the import, and a fingerprint of what it wrote.

    With it, a second import of the same file changes nothing, a changed file updates its draft, and a page that
    someone has edited since is left alone.
    """

    page = models.OneToOneField(
        Page, verbose_name=_("article"), null=True, on_delete=models.SET_NULL, related_name="imported_text"
    )
    # The full path of the file; None for a text that was pasted or uploaded. `digest` is the SHA-256 of its bytes.
    file = models.CharField(_("file"), max_length=1000, null=True, unique=True)
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    # The metadata from the manifest, as they were applied
    metadata = models.JSONField(default=dict, db_column="facts")
    old_address = models.CharField(_("old address"), max_length=255, blank=True)
    # SHA-256 of the content that the import wrote (`newsroom.importing.fingerprint`)
    fingerprint = models.CharField(max_length=64, blank=True, db_column="written")
    # The report of the import: what was recognized, what was left out and why
    report = models.JSONField(default=dict)
    # Countries recognized in the dateline, which an officer has to confirm (ISO 3166-1 alpha-2)
    countries = models.JSONField(default=list)
    imported_at = models.DateTimeField(_("imported on"), auto_now=True)

    class Meta:
        verbose_name = _("imported text")
        verbose_name_plural = _("imported texts")

    def __str__(self) -> str:
        return self.file or str(self.page)

    @property
    def left_out(self) -> list[dict[str, Any]]:
        """The passages that are not in the article: `text`, and `why` as a remark (`newsroom.importing.remarks`)."""
        return self.report.get("left_out", [])

    @property
    def notes(self) -> list[dict[str, Any]]:
        """Remarks about what an officer should check."""
        return self.report.get("notes", [])
