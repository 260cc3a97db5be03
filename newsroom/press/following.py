"""Which events have an archive made, made anew or removed. What sends none is found by `making.wrong`."""

from typing import Any

from django.dispatch import receiver

from iom.publishing import events, jobs
from newsroom.models import NewsArticle
from newsroom.press.making import JOB


@receiver(events.published, sender=NewsArticle)
def renew(pages: list[int], **kwargs: Any) -> None:
    jobs.enqueue(JOB, *pages)


@receiver([events.unpublished, events.expired, events.moved, events.made_private, events.made_public])
def renew_all(pages: list[int], **kwargs: Any) -> None:
    jobs.enqueue(JOB, *NewsArticle.objects.filter(pk__in=pages).values_list("pk", flat=True))
