from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def fill(sender: Any, **kwargs: Any) -> None:
    """After `migrate`, where there are pages and no listing yet."""
    from wagtail.models import Page

    from iom.listing import writing
    from iom.listing.models import Entry

    if not Entry.objects.exists() and Page.objects.filter(depth__gt=1, live=True).exists():
        writing.rebuild()


class ListingConfig(AppConfig):
    name = "iom.listing"
    verbose_name = _("Listing")

    def ready(self) -> None:
        from iom.listing import receivers  # noqa: F401  (it reads models, which are not there before)

        post_migrate.connect(fill, sender=self)
