"""On screens of the admin, each link opens for the user who sees it, and each field's description exists."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.urls import reverse
from wagtail.models import Page

from iom.contacts.models import Office
from iom.editorial.tests import admin_screens, admin_urls
from iom.editorial.tests.matrix import ROLES

pytestmark = [pytest.mark.django_db, pytest.mark.one_language]

# In the page, in the menu and in what scripts read of a chosen record. A link that is hidden leads nowhere.
LINK = re.compile(r'"(?:url|edit_url)": "(/admin/[^"]*)"')
# A script adds to the address of a bulk action what has been chosen.
ACTS = ("/admin/logout/", "/admin/bulk/")
ROLES_WITH_ACCOUNT = [letter for letter, account in ROLES.items() if account]


def links(answer) -> set[str]:
    html = answer.content.decode()
    shown = BeautifulSoup(html, "html.parser").select('a[href^="/admin/"]:not([hidden])')
    found = {str(one["href"]) for one in shown} | set(LINK.findall(unescape(html)))
    return {path for path in (urlsplit(one).path for one in found) if not path.startswith(ACTS)}


def main_screens(client, text) -> list[str]:
    """Returns the URLs of the dashboard, its menu, the page listings and the forms of a text in both languages."""
    (props,) = re.findall(r'id="wagtail-sidebar-props".*?</script>', client.get("/admin/").content.decode(), re.DOTALL)
    pages = [text.original, text.translation]
    return [
        "/admin/",
        *sorted({one for one in LINK.findall(props) if not one.startswith(ACTS)}),
        *(reverse("wagtailadmin_explore", args=[page.get_parent().pk]) for page in pages),
        *(reverse("wagtailadmin_explore", args=[page.pk]) for page in Page.objects.filter(depth=2)),
        *(reverse("wagtailadmin_pages:edit", args=[page.pk]) for page in pages),
    ]


@pytest.mark.parametrize("letter", ROLES_WITH_ACCOUNT)
def test_no_link_of_a_screen_leads_to_a_refusal(letter):
    text = admin_urls.text("fr", office=Office.objects.first())
    client = admin_screens.client_of(letter, "fr")
    found: dict[str, str] = {}
    for screen in main_screens(client, text):
        answer = client.get(screen)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            for link in links(answer):
                found.setdefault(link, screen)

    with admin_urls.without_templates():
        refused = {link: screen for link, screen in found.items() if not admin_urls.has_access(client, link)}

    assert refused == {}
    assert len(found) > 40


@pytest.mark.parametrize("model", ["office", "presscontact"])
def test_a_form_of_contacts_has_its_heading(model):
    client = admin_screens.client_of("d", "fr")
    record = apps.get_model("contacts", model).objects.first()
    for name, arguments in (("add", []), ("edit", [record.pk])):
        answer = client.get(reverse(f"wagtailsnippets_contacts_{model}:{name}", args=arguments))
        headings = BeautifulSoup(answer.content, "html.parser").find_all("h1")
        assert [bool(one.get_text(strip=True)) for one in headings] == [True], name
