"""Parent offices: forms refuse circles, and a circle in the database does not break any page."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from aboutus.countries import offices_for_country
from iom.contacts.models import ContactSettings, Office
from iom.tests import record_names
from iom.tests.factories import OfficeFactory, PressContactFactory


@pytest.fixture
def circle(db):
    """Three offices, each above the next; a fourth stands below them."""
    first, second, third = (OfficeFactory(kind="country", country="AQ") for _ in range(3))
    for one, above in ((first, second), (second, third), (third, first)):
        Office.objects.filter(pk=one.pk).update(parent=above)
    below = OfficeFactory(parent=first, country="AQ")
    return [Office.objects.get(pk=office.pk) for office in (first, second, third, below)]


def test_walking_up_ends(circle):
    assert len(list(circle[0].upwards())) == 3
    assert len(list(circle[3].upwards())) == 4


def test_the_press_office_answers_for_a_circle_that_does_not(circle):
    ContactSettings.objects.update(press_office=OfficeFactory(email="press@example.org"))
    left = PressContactFactory(office=circle[3], in_post_until=timezone.localdate() - timedelta(days=1))
    assert left.card().email == "press@example.org"


def test_the_page_of_a_country_is_shown(circle):
    here, regional = offices_for_country("AQ")
    assert {office.pk for office in circle} <= {office.pk for office in here}
    assert regional is None


def test_an_office_below_a_circle_can_still_be_changed(circle):
    circle[3].full_clean()
    with pytest.raises(ValidationError):
        circle[0].full_clean()


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_the_form_refuses_an_office_above_itself(sign_in, steps):
    office = OfficeFactory()
    above = office
    for _ in range(steps):
        above = OfficeFactory(parent=above)
    data = {"kind": "country", "timezone": "Africa/Cairo", "parent": above.pk} | record_names.form_data(
        office, fr="Nom"
    )
    data |= {"staff-TOTAL_FORMS": 0, "staff-INITIAL_FORMS": 0}

    answer = sign_in("editor").post(reverse("wagtailsnippets_contacts_office:edit", args=[office.pk]), data)

    assert answer.context["form"].errors["parent"]
    assert Office.objects.get(pk=office.pk).parent is None


# Time zones


def sent(client, **values):
    data = {"kind": "country", "staff-TOTAL_FORMS": 0, "staff-INITIAL_FORMS": 0} | record_names.form_data(
        fr="Nouveau", en="New"
    )
    return client.post(reverse("wagtailsnippets_contacts_office:add"), data | values)


@pytest.mark.parametrize(("country", "zone"), [("EG", "Africa/Cairo"), ("CH", "Europe/Zurich"), ("JP", "Asia/Tokyo")])
def test_a_new_office_takes_the_time_zone_of_its_country(sign_in, country, zone):
    assert sent(sign_in("editor"), country=country).status_code == 302
    assert Office.objects.get(names__name="New").timezone == zone


def test_a_country_with_several_has_its_choice_named(sign_in):
    answer = sent(sign_in("editor"), country="CD")
    assert "Africa/Kinshasa, Africa/Lubumbashi" in answer.context["form"].errors["timezone"][0]
    assert sent(sign_in("editor"), country="CD", timezone="Africa/Kinshasa").status_code == 302
    assert Office.objects.get(names__name="New").timezone == "Africa/Kinshasa"


def test_an_office_in_no_country_is_asked(sign_in):
    assert sent(sign_in("editor")).context["form"].errors["timezone"]


def test_an_office_keeps_the_time_zone_that_it_was_given(sign_in):
    assert sent(sign_in("editor"), country="EG", timezone="Europe/Zurich").status_code == 302
    assert Office.objects.get(names__name="New").timezone == "Europe/Zurich"
