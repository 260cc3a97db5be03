"""The buttons of the editor for a text that needs a review."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from newsroom.models import ReviewRule
from newsroom.review.tests.test_review import answer, now, submit, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("account", "publishes", "skips"),
    [("officer", False, False), ("colleague", False, False), ("editor", False, True)],
)
def test_the_editor_offers_no_button_that_would_be_refused(office, sign_in, account, publishes, skips):
    page = text(office)
    form = sign_in(account).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert ("action-publish" in form) == publishes
    assert (reverse("newsroom_publish_without_review", args=[page.pk]) in form) == skips
    assert 'name="action-submit"' in form


@pytest.mark.parametrize("account", ["officer", "colleague", "editor"])
def test_the_next_version_of_a_live_text_is_sent_for_review_where_publish_is_looked_for(office, sign_in, account):
    page = text(office)
    answer(sign_in, "colleague", page, submit(page))
    assert now(page).live
    form = sign_in(account).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content
    html = BeautifulSoup(form, "html.parser")
    assert html.select_one(".action-buttons [name=action-submit]")
    assert html.select_one(".action-buttons [data-sends=action-submit]")
    assert not html.select("[name=action-publish], [data-sends=action-publish]")


def test_the_list_of_rules_says_for_which_offices_and_types_each_is(office, sign_in):
    ReviewRule.objects.create(kind="statement")
    ReviewRule.objects.create(office=office)
    html = BeautifulSoup(sign_in("admin").get(reverse("review_rules:index")).content, "html.parser")
    rows = [[" ".join(cell.text.split()) for cell in row.select("td")] for row in html.select(".listing tbody tr")]
    assert sorted(rows) == sorted(
        [
            [str(office), "Communiqué de presse"],
            ["Tous les bureaux", "Déclaration"],
            [str(office), "Tous les types"],
        ]
    )
