"""The footer of every page: links to other pages, feeds and offices, and the contact of the press office."""

from datetime import timedelta

import pytest
from django.utils import timezone

from aboutus.models import WorkPage
from iom.contacts.models import ContactSettings, Office, PressContact
from iom.tests.addresses import LANGUAGES, NEWS, SEARCH, page


def footer(client, address: str) -> str:
    text = client.get(address).content.decode()
    return text[text.index('<footer class="site-footer"') :]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["home", "article", "index", "chart", "map"])
def test_the_footer_links_to_offices_feeds_help_and_the_press_office(visitor, name, language):
    foot = footer(visitor, page(name, language).url)
    where = page("map", language).url

    assert f'href="{where}{"suisse" if language == "fr" else "switzerland"}/"' in foot
    assert f'href="{where}{"egypte" if language == "fr" else "egypt"}/"' in foot
    assert f'href="{NEWS[language]}rss/"' in foot
    assert "mailto:press@example.org" in foot
    assert "hq@example.org" not in foot, "the switchboard"
    assert ("/fr/alerte-a-la-fraude/" if language == "fr" else "/en/fraud-warning/") in foot
    assert "https://social.example.org/linkedin" in foot


def test_the_footer_has_the_address_of_the_press_office_if_no_contact_is_in_post(visitor):
    PressContact.objects.update(in_post_until=timezone.localdate() - timedelta(days=1))

    assert "mailto:hq@example.org" in footer(visitor, "/fr/")


def test_every_office_in_the_footer_has_a_page(visitor):
    addresses = [part.split('"')[0] for part in footer(visitor, "/en/").split('href="/en/where-we-work/')[1:]]
    assert len(addresses) > 1
    for address in addresses:
        assert visitor.get(f"/en/where-we-work/{address}").status_code == 200


def test_the_footer_has_no_offices_without_the_page_that_lists_them(visitor):
    WorkPage.objects.filter(lists_countries=True).update(live=False)
    assert "footer-offices" not in footer(visitor, "/fr/")


def test_a_social_account_in_another_language_shows_its_language(visitor):
    settings = ContactSettings.objects.get()
    settings.social_accounts = [
        ("account", {"network": "Blog", "url": "https://social.example.org/blog", "language": "en"})
    ]
    settings.save()

    assert '<span lang="en" dir="ltr">English</span>' in footer(visitor, SEARCH["fr"]).split("Blog")[1]
    assert "English</span>" not in footer(visitor, SEARCH["en"]).split("Blog")[1]


def test_a_site_without_contact_settings_has_a_footer_and_writes_nothing(visitor):
    ContactSettings.objects.all().delete()
    Office.objects.update(kind=Office.Kind.COUNTRY)

    foot = footer(visitor, "/fr/")
    assert "footer-press" not in foot
    assert "footer-offices" not in foot
    assert not ContactSettings.objects.exists()
