from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale, Page, Revision
from wagtail_localize.models import String, Translation, TranslationContext

from iom.translation.models.state import TranslationState
from iom.values import CheckedValues


class LanguageRule(models.Model):
    """The rules for translations into a language."""

    locale = models.OneToOneField(Locale, on_delete=models.CASCADE, primary_key=True, related_name="rule")
    # Who translates into it: Wagtail's page permissions on its home page.
    translators = models.OneToOneField(
        Group, verbose_name=_("translators"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    review = models.BooleanField(
        _("translations are revised by another person before they are published"), default=False
    )

    class Meta:
        verbose_name = _("translation rule")
        verbose_name_plural = _("translation rules")

    def __str__(self) -> str:
        return str(self.locale)


class Instructions(CheckedValues, models.Model):
    """What an officer asks of the translators of a text. They end when it has been translated; for each language, when
    a translation is published that is later than they are."""

    page = models.OneToOneField(
        Page, on_delete=models.CASCADE, primary_key=True, related_name="translation_instructions"
    )
    urgent = models.BooleanField(_("urgent"), default=False)
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    note = models.TextField(_("note to translators"), max_length=1000, blank=True)
    given_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("instructions for the translation")
        verbose_name_plural = _("instructions for the translation")

    def __str__(self) -> str:
        return self.note[:60]


class Question(CheckedValues, models.Model):
    """What a translator asks of a segment; the answer stays with it."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="questions")
    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("question"), max_length=2000)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["asked_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Comment(CheckedValues, models.Model):
    """What a reviser wants changed in a passage; it is open until somebody marks it as resolved."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="comments")
    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("comment"), max_length=2000)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    resolved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["written_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Message(models.Model):
    """Something to tell a user by e-mail; the scheduler sends all messages of a user in one e-mail."""

    class Kind(models.TextChoices):
        NEEDED = "needed", _("To translate")
        STALE = "stale", _("To update")
        INSTRUCTED = "instructed", _("New instructions for a translation")
        TO_REVISE = "to-revise", _("To revise")
        SENT_BACK = "sent-back", _("Sent back by the reviser")
        DONE = "done", _("Translated and published")
        ASKED = "asked", _("A question about your text")
        ANSWERED = "answered", _("An answer to your question")
        AWAITED_SOON = "awaited-soon", _("Publication in an hour, translation not ready")
        HELD_BACK = "held-back", _("Not published: the translation is not ready")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.ForeignKey(TranslationState, on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey(Question, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient_id}"


class MessagePreference(models.Model):
    """How often a user wants the desk's e-mails."""

    class Frequency(models.TextChoices):
        SOON = "soon", _("Within minutes")
        DAILY = "daily", _("Once a day")
        NEVER = "never", _("Never")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="desk_messages"
    )
    frequency = models.CharField(
        _("messages from the translation desk"), max_length=5, choices=Frequency, default=Frequency.SOON
    )

    def __str__(self) -> str:
        return self.get_frequency_display()


class JointPublication(models.Model):
    """An original that is ready and waits for its translation, so that both go live together."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="joint_publication")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(null=True)  # None: as soon as the translation is ready
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    warned_at = models.DateTimeField(null=True)  # an hour before
    missed_at = models.DateTimeField(null=True)  # when `due_at` came and the translation was incomplete

    def __str__(self) -> str:
        return f"{self.page_id}: {self.revision_id}"
