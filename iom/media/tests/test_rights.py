"""The day on which the rights of a picture end is seen before it comes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from iom.media import status
from iom.tests.factories import SiteImageFactory


@pytest.mark.parametrize(
    ("days", "state"), [(None, "fine"), (31, "fine"), (29, "warning"), (0, "warning"), (-1, "problem")]
)
def test_rights_that_end_are_in_the_state_of_the_site(db, days, state):
    until = days is not None and timezone.localdate() + timedelta(days=days)
    SiteImageFactory(title="Un fleuve", rights_until=until or None)
    (part,) = status.rights()
    assert part.state == state
    assert ("Un fleuve" in part.detail) == (state != "fine")


def test_the_day_is_entered_with_the_picture(sign_in, db):
    picture = SiteImageFactory(title="Un fleuve")
    client = sign_in("editor")
    address = f"/admin/images/{picture.pk}/"
    form = client.get(address).context["form"]
    values = {name: form[name].value() or "" for name in form.fields if name != "file"} | {
        "rights_until": "2027-03-01"
    }
    client.post(address, values)
    picture.refresh_from_db()
    assert str(picture.rights_until) == "2027-03-01"
