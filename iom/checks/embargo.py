"""An embargo lies ahead, or its minute has been kept."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from iom.findings import Finding, error

PAST = gettext_lazy("This moment has passed. Choose a later one, or remove it to publish at once.")


@error
def embargo(page: Any, moment: datetime) -> Iterator[Finding]:
    """The moment stays in a page that was published at it."""
    at = page.go_live_at
    if at and at <= timezone.now() and not Page.objects.filter(pk=page.pk, last_published_at__gte=at).exists():
        yield Finding("embargo", ("go_live_at",), PAST)
