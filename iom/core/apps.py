"""The app of the base page, its blocks and its admin."""

from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig, apps
from django.conf import settings
from django.db.models.signals import post_migrate


def update_site_record(sender: Any, **kwargs: Any) -> None:
    """Writes the host and port of SITE_URL into the Site record after every `migrate`."""
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    sites = apps.get_model("wagtailcore", "Site").objects.filter(is_default_site=True)
    for site in sites.exclude(hostname=address.hostname, port=port):
        site.hostname, site.port = address.hostname or "", port
        site.save()


class CoreConfig(AppConfig):
    name = "iom.core"

    def ready(self) -> None:
        # These modules need models, and register or patch on import
        from iom.core import admin_api, admin_visibility, checks, group_approval, ordinals, spreadsheets  # noqa: F401

        post_migrate.connect(update_site_record, sender=self)
