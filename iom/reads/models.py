from django.db import models
from wagtail.models import Page


class PageReads(models.Model):
    """How often a page was read on a day. Of old years, the first day stands for the year (`writing.sum_up`)."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "day"], name="reads_once_a_day")]
        indexes = [models.Index(fields=["day", "-number"], name="reads_most_read")]

    def __str__(self) -> str:
        return f"{self.page_id}, {self.day}: {self.number}"
