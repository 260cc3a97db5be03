from django.db import models
from wagtail.models import Page


class PageReads(models.Model):
    """The number of reads of a page on a day. In old years, 1 January has the sum of the year (`writing.sum_up`)."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="reads_once_a_day")]
        indexes = [models.Index(fields=["day", "-number"], name="reads_most_read")]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.day}: {self.number}"
