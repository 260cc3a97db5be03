"""The translation memory: passages with their translations, as published and as imported."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from iom.navigation.visibility import visible
from iom.values import CheckedValues


class MemoryArchive(CheckedValues, models.Model):
    """Pairs of passages that were imported together, for example from the memory of another organization."""

    name = models.CharField(_("name"), max_length=255)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    imported_at = models.DateTimeField(_("imported on"), auto_now_add=True)

    class Meta:
        verbose_name = _("archive of the translation memory")
        verbose_name_plural = _("archives of the translation memory")

    def __str__(self) -> str:
        return self.name


class MemoryEntryQuerySet(models.QuerySet["MemoryEntry"]):
    def standing(self) -> "MemoryEntryQuerySet":
        """Returns the entries of translations that are public in both languages, as last published, and of archives.

        Whether the original still has the passage is checked per entry (`memory.entries.is_in_original`).
        """
        state = "translation__state"
        published = visible(Page.objects.all())
        is_live = Exists(published.filter(pk=OuterRef(f"{state}__page")))
        has_original = Exists(published.filter(pk=OuterRef(f"{state}__original")))
        is_current = Q(translation__enabled=True, translation__state__memory_digest=F(f"{state}__digest"))
        rows = self.filter(Q(archive__isnull=False) | is_current & Q(is_live) & Q(has_original))
        languages = ("source_locale", "target_locale")
        return rows.select_related("archive", f"{state}__page", f"{state}__original", *languages)


class MemoryEntry(models.Model):
    """A passage with its translation, in localize's stored form: from a published translation or an archive.

    `memory.entries` alone writes it. The full-text index over the tokens belongs to the database (migration 0008). A
    change of this table has to make its triggers again.
    """

    source_locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    target_locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.BigIntegerField()  # of the words of the source and both languages (`memory.tokenization.key`)
    before = models.BigIntegerField(null=True)  # the key of the passage before it
    field_path = models.TextField(blank=True)
    path = models.TextField(blank=True)
    source = models.TextField()
    target = models.TextField()
    tokens = models.TextField()
    translation = models.ForeignKey(Translation, null=True, on_delete=models.CASCADE, related_name="+")
    archive = models.ForeignKey(MemoryArchive, null=True, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    at = models.DateTimeField(null=True)

    objects = MemoryEntryQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["key"], name="translation_memory_key")]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class MemoryGram(models.Model):
    """One of the rarest words or word pairs of a text in the memory, by which similar texts are found."""

    pk = models.CompositePrimaryKey("gram", "key")
    gram = models.BigIntegerField()  # of the words and both languages
    key = models.BigIntegerField()  # as in `MemoryEntry`

    def __str__(self) -> str:
        return f"{self.gram}: {self.key}"
