"""Warnings do not delay publication. They are shown again after it, with links to their fields."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from iom.checks.tests.broken import sound
from iom.checks.tests.test_errors import form_of
from iom.checks.tests.test_warnings import paragraph, with_values
from iom.tests.test_every_form import PUBLISH

pytestmark = pytest.mark.django_db
VAGUE = '<p>Les chiffres, <a href="https://www.iom.int/">cliquez ici</a>.</p>'


def publish(client, page, language, **data):
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(address, form_of(page) | PUBLISH | data, headers={"Accept-Language": language})
    assert answer.status_code == 302
    html = " ".join(map(str, get_messages(answer.wsgi_request)))
    return " ".join(BeautifulSoup(html, "html.parser").text.split()), BeautifulSoup(html, "html.parser")


def doubtful():
    return with_values(sound(), {"title": "Essai", "summary": "Ils arrivent hier.", "body": [paragraph(VAGUE)]})


@pytest.mark.parametrize(("language", "said"), [("en", "“Essai” has 2 warnings:"), ("fr", "avertissements")])
def test_after_publication_the_warnings_are_said_with_links_to_their_fields(sign_in, language, said):
    page = doubtful()
    text, html = publish(sign_in("officer"), page, language)
    assert said in text
    editor = reverse("wagtailadmin_pages:edit", args=[page.pk])
    links = {one["href"] for one in html.select("ul a")}
    assert links == {f"{editor}#check=summary", f"{editor}#check=body.one"}


def test_so_are_those_of_what_is_scheduled_and_not_those_of_what_is_live(sign_in):
    page = sound()
    page.summary, page.title = "Ils arrivent hier.", "Essai"
    text, _html = publish(
        sign_in("officer"), page, "en", go_live_at=f"{timezone.now() + timedelta(days=2):%Y-%m-%d %H:%M}"
    )
    assert "“Essai” has 1 warning:" in text
    assert "is scheduled" in text


def test_nothing_more_is_said_of_a_text_without_warnings(sign_in):
    text, html = publish(sign_in("officer"), sound(), "en")
    assert "warning" not in text
    assert not html.select("ul")
