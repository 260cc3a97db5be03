"""The end of the rights of a picture is reported in advance."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection

from iom.media import status
from iom.tests.factories import ArticleFactory, SiteImageFactory
from iom.tests.html_forms import forms


@pytest.mark.parametrize(
    ("days", "state"), [(None, "fine"), (31, "fine"), (29, "warning"), (0, "warning"), (-1, "problem")]
)
def test_rights_that_end_are_in_the_state_of_the_site(db, days, state):
    until = days is not None and timezone.localdate() + timedelta(days=days)
    picture = SiteImageFactory(title="Un fleuve", rights_until=until or None)
    assert [part.state for part in status.rights()] == ["fine"], "nothing shows it"
    ArticleFactory(lead_picture=picture, picture_alt="Un fleuve.")
    (part,) = status.rights()
    assert part.state == state
    assert ("Un fleuve" in part.detail) == (state != "fine")


def test_the_day_is_entered_with_the_picture(sign_in, db):
    picture = SiteImageFactory(title="Un fleuve", collection=Collection.get_first_root_node())
    client, address = sign_in("editor"), reverse("wagtailimages:edit", args=[picture.pk])
    (form,) = (one for one in forms(client.get(address).content) if one.inputs(name="rights_until"))
    client.post(address, form.values | {"rights_until": "2027-03-01"})
    picture.refresh_from_db()
    assert str(picture.rights_until) == "2027-03-01"
