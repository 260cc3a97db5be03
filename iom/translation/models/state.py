from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Least
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import Translation

from iom.core.translation_role import Role, role_of_target
from iom.publishing import gate, locking

_INSTRUCTIONS = "original__page__translation_instructions"
# A translation that was published after the instructions were given has followed them; other languages may not have.
_ARE_FOLLOWED = Q(published_at__gte=F(f"{_INSTRUCTIONS}__given_at"))


class Original(models.Model):
    """An original as it was last published: one row per text, written in the publishing transaction."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="+")
    translation_key = models.UUIDField(unique=True)
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+")
    # SHA-256 of the fingerprints, and one fingerprint (16 hexadecimal digits) per segment, in the order of the text.
    digest = models.CharField(max_length=64, blank=True)
    fingerprints = models.JSONField(default=list)
    # Digest of its blocks (`page_data.blocks_digest`); None where it is not known.
    blocks_digest = models.CharField(max_length=64, null=True)
    words = models.PositiveIntegerField(_("words"), default=0)
    published_at = models.DateTimeField(null=True)
    # The number of publications that changed segments or blocks; 0 before the first.
    version = models.PositiveIntegerField(default=0)
    # The version that last changed the meaning: readers of a translation of an earlier version see a notice.
    meaning_version = models.PositiveIntegerField(default=0)
    # When it will go live
    due_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.translation_key} ({self.locale_id})"


def _instructed(field: str) -> Case:
    return Case(When(_ARE_FOLLOWED, then=None), default=F(f"{_INSTRUCTIONS}__{field}"))


class TranslationStateQuerySet(models.QuerySet["TranslationState"]):
    def by_urgency(self) -> "TranslationStateQuerySet":
        """Orders by urgency: urgent ones first, then by due date, then by waiting time, the longest first."""
        live_at, wanted_by = F("original__due_at"), _instructed("due_at")
        # The earlier one. SQLite's `min` alone would return null if one of them is null.
        ordered = self.annotate(due=Least(Coalesce(live_at, wanted_by), Coalesce(wanted_by, live_at)))
        urgent_first = _instructed("urgent").desc(nulls_last=True)
        return ordered.order_by(urgent_first, F("due").asc(nulls_last=True), "waiting_since", "pk")

    def waiting(self) -> "TranslationStateQuerySet":
        """Returns the translations with work left to translate, revise or publish, the most urgent first.

        An original that was unpublished or has expired needs no translation, unless it is to go live again. One that
        was never published counts, since a user has submitted it.
        """
        left = [step for step in TranslationState.Step if step not in TranslationState.DONE]
        # An index finds these few rows. The subquery is for SQLite, whose statistics do not show that most rows are
        # done; the condition on `step` below is for PostgreSQL, which would check permissions on all rows first.
        rows = TranslationState.objects.filter(step__in=left).order_by().values("pk")
        is_wanted = (
            Q(original__page__live=True)
            | Q(original__published_at=None)
            | Q(original__due_at__isnull=False)
            | Q(original__page__joint_publication__isnull=False)
        )
        return self.filter(is_wanted, translation__enabled=True, pk__in=rows, step__in=left).by_urgency()

    def for_work(self) -> "TranslationStateQuerySet":
        """Joins what screens and exchange files of one translation need."""
        languages = ("translation__source__locale", "translation__target_locale", "locale")
        return self.select_related(*languages, "original__page__translation_instructions", "page", "claimed_by")

    def for_listing(self) -> "TranslationStateQuerySet":
        """Joins what a listing shows (pages, languages, the claimant), and annotates `open_questions`."""
        is_open = Q(questions__answered_at=None)
        counted = Translation.objects.filter(pk=OuterRef("pk")).annotate(number=Count("questions", filter=is_open))
        original = ("original__page__locale", "original__page__joint_publication", _INSTRUCTIONS)
        states = self.select_related("claimed_by", "translation__source", "page__locale", "locale", *original)
        return states.annotate(open_questions=Subquery(counted.values("number"), output_field=IntegerField()))

    def older_than_their_original(self) -> QuerySet["TranslationState"]:
        """Returns published translations of originals whose meaning has changed since."""
        is_older = Q(published_at__isnull=False, source_version__lt=F("original__meaning_version"))
        return self.filter(is_older, translation__enabled=True)


class TranslationState(models.Model):
    """The progress of the translation of an original into one language."""

    class Step(models.TextChoices):
        TO_TRANSLATE = "to-translate", _("To translate")
        IN_PROGRESS = "in-progress", _("In progress")
        TO_REVISE = "to-revise", _("To revise")
        TO_PUBLISH = "to-publish", _("To publish")
        READY = "ready", _("Ready: will be published with the original")
        TRANSLATED = "translated", _("Translated")
        OUT_OF_DATE = "out-of-date", _("To update")

    DONE = (Step.TRANSLATED, Step.READY)  # the steps in which translators have nothing more to do
    # The fields that are written only with the row locked
    CHANGING = [
        "step", "total", "translated", "unconfirmed", "words_left", "waiting_since", "published_at", "digest",
        "source_version", "shared_digest", "draft", "ready", "claimed_by", "claimed_at", "revised_by", "revised_at",
    ]  # fmt: skip

    translation = models.OneToOneField(Translation, on_delete=models.CASCADE, primary_key=True, related_name="state")
    original = models.ForeignKey(Original, on_delete=models.CASCADE, related_name="translations")
    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="translation_state")
    locale = models.ForeignKey(Locale, verbose_name=_("language"), on_delete=models.CASCADE, related_name="+")
    step = models.CharField(_("state"), max_length=12, choices=Step, default=Step.TO_TRANSLATE, db_index=True)
    total = models.PositiveIntegerField(_("passages"), default=0)
    translated = models.PositiveIntegerField(_("translated passages"), default=0)
    # Missing passages that the memory or a machine has filled in, and that are not confirmed yet
    unconfirmed = models.PositiveIntegerField(default=0, db_default=0)
    words_left = models.PositiveIntegerField(_("words to translate"), default=0)
    # When it was submitted, or when there was first something to do after its last publication
    waiting_since = models.DateTimeField(_("waiting since"), null=True)
    # When the published text, which was complete, was saved
    published_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True)  # of its text as last published
    # Digest of its text in the translation memory
    memory_digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    source_version = models.PositiveIntegerField(default=0)  # the version of the original that is translated
    # Digest of the values that the page shares with the original (`page_data.shared_digest`); empty where not known
    shared_digest = models.CharField(max_length=64, blank=True)
    # The only revision that may go live, built by `publication.save_draft`
    draft = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    # Published by its translator before its original was live: both will go live together
    ready = models.BooleanField(default=False)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("claimed by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True)
    revised_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    revised_at = models.DateTimeField(null=True)

    objects = TranslationStateQuerySet.as_manager()

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")

    def __str__(self) -> str:
        return f"{self.page} ({self.get_step_display()})"

    def lock(self, *keep: str) -> None:
        """Locks the text in all languages until the transaction ends, and reads the row again, with its page, its
        original and localize's row.

        The fields in `keep` stay as the caller has set them. Raises gate.Refused if the row has been deleted.
        """
        locking.lock_translations(self.original.translation_key)
        fields = [name for name in (*_RELATED, *self.CHANGING) if name not in keep]
        rows = TranslationState.objects.select_for_update(of=("self",), no_key=True)
        rows = rows.select_related(*_RELATED, "translation__source__locale", "translation__target_locale")
        try:
            self.refresh_from_db(fields=fields, from_queryset=rows)
        except TranslationState.DoesNotExist as error:
            raise gate.Refused(_("The page has been deleted in the meantime.")) from error

    @locking.atomic
    def claim(self, user: Any) -> bool:
        """Claims the translation, and returns whether the user has it now.

        Of two concurrent users one gets it; the other finds the claimant in `claimed_by`. A claim prevents nobody from
        editing.
        """
        self.lock()
        if self.claimed_by_id is None:
            self.claimed_by, self.claimed_at = user, timezone.now()
            self.save(update_fields=["claimed_by", "claimed_at"])
        return bool(self.claimed_by_id == user.pk)

    @locking.atomic
    def release(self) -> None:
        """Ends the claim, unless another user has claimed the translation since the state was read."""
        claimant = self.claimed_by_id
        self.lock()
        if self.claimed_by_id == claimant:
            self.claimed_by, self.claimed_at = None, None
            self.save(update_fields=["claimed_by", "claimed_at"])

    def editor_address(self, segment_id: int | None = None) -> str:
        """Returns the URL of the translators’ editor, at a segment if one is given."""
        address = reverse("wagtailadmin_pages:edit", args=[self.page_id])
        return f"{address}#segment-{segment_id}" if segment_id else address

    @property
    def role(self) -> Role:
        """The role of the translated page (`role_of`), without a query."""
        return role_of_target(self.translation)

    @property
    def is_done(self) -> bool:
        return self.step in self.DONE

    @property
    def instructions(self) -> Any:
        """The Instructions of its original; None if this translation is done or has followed them."""
        given = None if self.is_done else getattr(self.original.page, "translation_instructions", None)
        is_followed = given and given.given_at and self.published_at and self.published_at >= given.given_at
        return None if is_followed else given

    @property
    def due_at(self) -> datetime | None:
        """The due date: when the original goes live or that of the instructions, whichever comes first."""
        times = (self.original.due_at, self.instructions and self.instructions.due_at)
        return min((time for time in times if time), default=None)

    @property
    def is_overdue(self) -> bool:
        """Whether the due date of the instructions has passed."""
        due_at = self.instructions and self.instructions.due_at
        return bool(due_at and due_at <= timezone.now())

    @property
    def missing(self) -> int:
        """The number of segments that are still to be translated or confirmed."""
        return self.total - self.translated

    @property
    def is_whole(self) -> bool:
        return not self.missing

    @property
    def is_older_than_its_original(self) -> bool:
        """Whether the original's meaning has changed since the published translation: readers see a notice."""
        return self.published_at is not None and self.source_version < self.original.meaning_version


_RELATED = ["translation", "original", "page"]


class TranslationVersion(models.Model):
    """The text of a translation as it was published once. Its passages can be restored."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="versions")
    revision = models.OneToOneField(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    saved_at = models.DateTimeField()
    published_at = models.DateTimeField(_("published on"), null=True)  # null while it waits for its original
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    revised_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    digest = models.CharField(max_length=64)
    source_version = models.PositiveIntegerField(default=0)  # becomes `TranslationState.source_version` once published
    # In the order of the text: {"path", "source", "target", "by": user id or None, "at": ISO 8601}
    segments = models.JSONField(default=list)

    class Meta:
        ordering = ["-saved_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.translation_id}, {self.saved_at:%Y-%m-%d %H:%M}"

    def existing_writers(self) -> set[int]:
        """Returns the keys of the users who wrote the passages and whose accounts still exist."""
        writers = get_user_model().objects.filter(pk__in={row["by"] for row in self.segments})
        return set(writers.values_list("pk", flat=True))
