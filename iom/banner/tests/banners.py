"""Helpers that store a banner, submit its form, and find it in a page."""

from bs4 import BeautifulSoup
from django.urls import reverse

from iom.banner.models import Banner, BannerText
from iom.tests import record_names

TEXTS = {"fr": "Les bureaux de Port-au-Prince sont fermés.", "en": "The offices in Port-au-Prince are closed."}


def stored(texts=TEXTS, **fields):
    """`texts`: by language, the text or the fields of its row."""
    banner = Banner.load()
    for name, value in ({"is_shown": True} | fields).items():
        setattr(banner, name, value)
    rows = {code: text if isinstance(text, dict) else {"name": text} for code, text in texts.items()}
    banner.names = [BannerText(language=code, **row) for code, row in rows.items()]
    banner.save()
    return banner


def send(client, texts=TEXTS, **fields):
    """Submits the form of the banner and returns the response. A dict for a text has the fields of its row."""
    banner = Banner.load()
    data = {"is_shown": "on", "level": "warning"} | record_names.form_data(banner, **texts) | fields
    return client.post(reverse("wagtailsettings:edit", args=["banner", "banner", banner.pk]), data)


def shown(html):
    """Returns the banner in a page, or None."""
    return BeautifulSoup(html, "html.parser").select_one("section.banner")
