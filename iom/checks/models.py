from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class LinkAddress(models.Model):
    """An address on the web to which a text links, and the result of its last check. Only `addresses` writes it."""

    class Problem(models.TextChoices):
        GONE = "gone", _("There is no such page.")
        SILENT = "silent", _("The server does not answer.")
        ERROR = "error", _("The server reports an error.")
        REFUSED = "refused", _("The address is not public.")

    digest = models.CharField(max_length=64, unique=True)  # of the address, which is too long for an index
    url = models.TextField()
    asked_at = models.DateTimeField()  # when a text or draft last had the address
    due_at = models.DateTimeField(null=True, db_index=True)  # the next check; null: the next nightly check
    checked_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)  # in a row
    problem = models.CharField(max_length=8, choices=Problem, blank=True)  # of the last check
    since = models.DateTimeField(null=True)  # the time of the first of these failures

    def __str__(self) -> str:
        return self.url


class LinkUse(models.Model):
    """A link of a published page to an address; updated each night."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    address = models.ForeignKey(LinkAddress, on_delete=models.CASCADE, related_name="uses")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "address"], name="checks_one_use_of_each")]

    def __str__(self) -> str:
        return f"{self.page_id}: {self.address_id}"


class LinkRound(models.Model):
    """The last night in which the links of all published pages were checked: a single row."""

    night = models.DateField()

    def __str__(self) -> str:
        return str(self.night)
