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
    # The group whose page permissions on the language's home page allow to translate
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
    """An officer's instructions to the translators of a text. They end for a language when its translation is
    published after they were given, and are deleted when all translations are done."""

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
    """A translator's question on a segment, with its answer."""

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
    """A reviser's comment on a segment. It is open until a user marks it as resolved."""

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
    """A notification to a user. The scheduler sends all messages of a user in one email."""

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
    """How often a user wants the desk's emails."""

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
    """An original that waits for its translations, so that all go live together."""

    page = models.OneToOneField(Page, on_delete=models.CASCADE, primary_key=True, related_name="joint_publication")
    revision = models.ForeignKey(Revision, on_delete=models.CASCADE, related_name="+")
    due_at = models.DateTimeField(null=True)  # None: as soon as the translation is ready
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    requested_at = models.DateTimeField(auto_now_add=True)
    warned_at = models.DateTimeField(null=True)  # an hour before `due_at`
    missed_at = models.DateTimeField(null=True)  # when `due_at` came and the translation was incomplete

    def __str__(self) -> str:
        return f"{self.page_id}: {self.revision_id}"
