from typing import Any

from django.conf import settings
from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils.encoding import uri_to_iri
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Revision

from iom.publishing.deleted_pages import ExactEncoder
from iom.values import CheckedValues


class Kind(models.TextChoices):
    PUBLIC = "public", _("Withdraw, with a reason")
    PROTECTION = "protection", _("Withdraw for protection: neither title nor reason is shown")


class Withdrawal(CheckedValues, models.Model):
    """The withdrawal of a text in all its languages. While it exists, the gate refuses to publish them."""

    translation_key = models.UUIDField(unique=True)
    kind = models.CharField(max_length=10, choices=Kind)
    note = models.TextField(blank=True)  # the reason of a withdrawal for protection; only editors read it
    withdrawn_at = models.DateTimeField(_("withdrawn on"), auto_now_add=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    deleted_addresses = models.JSONField(null=True)  # the addresses of pages that have been deleted since

    class Meta:
        verbose_name = _("withdrawal")
        verbose_name_plural = _("withdrawals")
        indexes = [models.Index(fields=["withdrawn_at"], name="withdrawal_latest")]

    def __str__(self) -> str:
        return str(self.translation_key)

    @property
    def is_for_protection(self) -> bool:
        return self.kind == Kind.PROTECTION


class WithdrawnText(CheckedValues, models.Model):
    """A withdrawn text in one language, with the reason for readers and everything that is needed to restore it."""

    wagtail_reference_index_ignore = True  # a withdrawal does not make a page count as used

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.CASCADE, related_name="texts")
    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="withdrawn_text")
    title = models.CharField(max_length=255)
    reason = models.TextField(blank=True)
    addresses = models.JSONField()  # paths that are gone, with everything below them
    content = models.JSONField(encoder=ExactEncoder)  # the public page
    live_revision = models.ForeignKey(Revision, null=True, on_delete=models.SET_NULL, related_name="+")
    latest_revision = models.PositiveBigIntegerField(null=True)  # the revision's key
    had_unpublished_changes = models.BooleanField()

    class Meta:
        verbose_name = _("withdrawn text")
        verbose_name_plural = _("withdrawn texts")

    def __str__(self) -> str:
        return self.title

    @property
    def public_reason(self) -> str:
        """The reason that readers see."""
        return gettext("Neither title nor reason") if self.withdrawal.is_for_protection else self.reason


@receiver(pre_delete, sender=WithdrawnText)
def keep_addresses(instance: WithdrawnText, **_kwargs: Any) -> None:
    """Keeps the addresses of a deleted page, and those that redirected to it, so that they still answer 410."""
    former = Redirect.objects.filter(redirect_page=instance.page_id).values_list("old_path", flat=True)
    kept = {*(instance.withdrawal.deleted_addresses or []), *instance.addresses, *map(uri_to_iri, former)}
    Withdrawal.objects.filter(pk=instance.withdrawal_id).update(deleted_addresses=sorted(kept))


class WithdrawalRequest(CheckedValues, models.Model):
    """A request to editors by an officer who may not withdraw a text."""

    class Decision(models.TextChoices):
        DONE = "done", _("Withdrawn")
        DECLINED = "declined", _("Declined")

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="withdrawal_requests")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField(_("reason"), blank=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decision = models.CharField(max_length=8, choices=Decision, blank=True)  # empty until it is decided
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("request for withdrawal")
        verbose_name_plural = _("requests for withdrawal")

    def __str__(self) -> str:
        return str(self.page)
