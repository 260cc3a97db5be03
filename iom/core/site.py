from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from wagtail.models import Site


def follow_site_url(sender: Any, **kwargs: Any) -> None:
    """After every `migrate`: the Site record says what SITE_URL says, so that no address has two truths."""
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    for site in Site.objects.filter(is_default_site=True).exclude(hostname=address.hostname, port=port):
        site.hostname, site.port = address.hostname or "", port
        site.save()
