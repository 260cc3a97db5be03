from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models.signals import post_migrate


def update_site_record(sender: Any, **kwargs: Any) -> None:
    """After every `migrate`: the Site record gets the host and port of SITE_URL."""
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    sites = apps.get_model("wagtailcore", "Site").objects.filter(is_default_site=True)
    for site in sites.exclude(hostname=address.hostname, port=port):
        site.hostname, site.port = address.hostname or "", port
        site.save()


class CoreConfig(AppConfig):
    name = "iom.core"

    def ready(self) -> None:
        # They need models, and register themselves
        from iom.core import checks, reviewing, spreadsheets, titles  # noqa: F401

        post_migrate.connect(update_site_record, sender=self)
