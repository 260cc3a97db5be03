"""Validation of offices and media contacts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from iom.caching import version
from iom.contacts.models import ContactSettings, Office, OfficeStaff, PressContact
from iom.contacts.models.office import next_offset
from iom.contacts.policy import offices_of
from iom.contacts.wagtail_hooks import PressContactViewSet
from iom.tests.factories import OfficeFactory, PressContactFactory
from iom.users.models import User


def refused(record):
    """The fields that validation refuses."""
    with pytest.raises(ValidationError) as refusal:
        record.full_clean()
    return set(refusal.value.error_dict)


def office(**values):
    return Office(**{"kind": "country", "timezone": "Africa/Cairo"} | values)


def test_names_follow_the_readers_language():
    cairo = OfficeFactory.build(fr=("Bureau du Caire", "Le Caire"), en=("Cairo Office", "Cairo"))

    with translation.override("fr"):
        assert (cairo.name, cairo.city, str(cairo)) == ("Bureau du Caire", "Le Caire", "Bureau du Caire")
    with translation.override("en"):
        assert (cairo.name, cairo.city, str(cairo)) == ("Cairo Office", "Cairo", "Cairo Office")


@pytest.mark.parametrize("name", ["Geneva", "UTC+2", "africa/cairo", "Africa/Cairo "])
def test_an_unknown_time_zone_is_refused_with_an_example(db, name):
    with pytest.raises(ValidationError, match="Africa/Cairo") as refusal:
        office(timezone=name).full_clean()

    assert set(refusal.value.error_dict) == {"timezone"}


@pytest.mark.parametrize(
    ("zone", "written"),
    [
        ("Africa/Dakar", "UTC"),
        ("Africa/Lagos", "UTC+1"),
        ("Asia/Kathmandu", "UTC+5:45"),
        ("America/Caracas", "UTC−4"),
        ("Pacific/Marquesas", "UTC−9:30"),
    ],
)
def test_an_office_says_how_far_it_is_from_utc(zone, written):
    assert office(timezone=zone).utc_offset == written


@pytest.mark.parametrize(("month", "written"), [(1, "UTC+1"), (7, "UTC+2")])
def test_summer_time_is_told_from_winter_time(monkeypatch, month, written):
    class Clock(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime(2026, month, 15, 12, tzinfo=UTC).astimezone(tz)

    monkeypatch.setattr("iom.contacts.models.office.datetime", Clock)

    assert office(timezone="Europe/Zurich").utc_offset == written


@pytest.mark.parametrize(
    ("zone", "moment"),
    [
        ("Europe/Zurich", datetime(2027, 3, 28, 1, tzinfo=UTC)),
        ("Africa/Cairo", datetime(2027, 4, 29, 22, tzinfo=UTC)),
        ("America/Santiago", datetime(2027, 4, 4, 3, tzinfo=UTC)),
    ],
)
def test_pages_are_made_again_as_the_clock_of_an_office_changes(db, zone, moment):
    Office.objects.update(timezone="Africa/Dakar")
    OfficeFactory(timezone=zone)

    assert next_offset(moment - timedelta(minutes=7)) == moment
    assert version.next_change(moment - timedelta(minutes=7)) <= moment
    assert next_offset(moment) is None
    with CaptureQueriesContext(connection) as captured:
        next_offset(moment - timedelta(minutes=7))
    assert len(captured) == 1


def test_an_office_cannot_stand_above_itself(db):
    top = OfficeFactory()
    below = OfficeFactory(parent=OfficeFactory(parent=top))
    below.full_clean()

    top.parent = top
    assert refused(top) == {"parent"}
    top.parent = below
    assert refused(top) == {"parent"}


def test_an_office_that_closes_leaves_those_below_it_standing(db):
    top = OfficeFactory()
    below = OfficeFactory(parent=top)
    top.delete()
    below.refresh_from_db()

    assert below.parent is None


def test_an_office_with_contacts_or_as_press_office_is_not_deleted(db):
    with pytest.raises(ProtectedError):
        PressContactFactory().office.delete()
    with pytest.raises(ProtectedError):
        ContactSettings.load().press_office.delete()


@pytest.mark.parametrize("way", ["alone", "in bulk"])
def test_an_office_with_staff_is_not_deleted(sign_in, way):
    """Whoever belonged to it alone would then work for all offices."""
    office = OfficeFactory(fr="Bureau du Caire")
    officer = User.objects.get(email="officer@example.org")
    officer.postings.all().delete()
    posting = OfficeStaff.objects.create(office=office, user=officer)
    one = reverse(Office.snippet_viewset.get_url_name("delete"), args=[office.pk])
    bulk = reverse("wagtail_bulk_action", args=["contacts", "office", "delete"])
    url = one if way == "alone" else f"{bulk}?id={office.pk}"
    client = sign_in("admin")
    screen = client.post(url, follow=True).content.decode()

    assert "Bureau du Caire" in screen
    assert "1 personne y travaille" in screen
    assert offices_of(User.objects.get(pk=officer.pk)) == {office.pk}
    posting.delete()
    client.post(url)
    assert not Office.objects.filter(pk=office.pk).exists()


def test_a_contact_needs_an_address_or_a_telephone(db):
    assert refused(PressContact(name="Aya", office=OfficeFactory())) == {"email"}

    PressContact(name="Aya", office=OfficeFactory(), phone="+201024938965").full_clean()
    PressContact(name="Aya", office=OfficeFactory(), email="aya@example.org").full_clean()


def test_an_unknown_language_is_refused_by_its_code(db):
    contact = PressContactFactory(languages=["fr", "xx", "klingon"])

    with pytest.raises(ValidationError, match="xx, klingon") as refusal:
        contact.full_clean()

    assert set(refusal.value.error_dict) == {"languages"}


def test_a_user_works_for_any_number_of_offices_once_for_each(db):
    user = User.objects.get(email="officer@example.org")
    another = OfficeStaff(office=OfficeFactory(), user=user)
    another.full_clean()
    another.save()

    assert refused(OfficeStaff(office=another.office, user=user))


def test_a_contact_without_a_name_is_shown_by_role_and_office(db):
    service = PressContactFactory(name="", role=PressContact.Role.MEDIA_UNIT, office=OfficeFactory(fr="Siège"))

    assert str(service) == f"{PressContact.Role.MEDIA_UNIT.label} · Siège"


def contact_form(user, data=None, instance=None):
    form_class = PressContactViewSet().get_edit_handler().bind_to_model(PressContact).get_form_class()
    return form_class(data, instance=instance, for_user=user)


def test_the_form_offers_languages_by_name_and_keeps_their_codes(db):
    user = User.objects.get(email="admin@example.org")
    assert ("sw", "swahili") in contact_form(user).fields["languages"].choices
    data = {
        "name": "Aya",
        "role": "spokesperson",
        "office": OfficeFactory().pk,
        "email": "aya@example.org",
        "phone": "+20 10 2493 8965",
        "languages": ["fr", "sw"],
    }

    form = contact_form(user, data)

    assert form.is_valid(), form.errors
    saved = form.save()
    saved.refresh_from_db()
    assert (saved.languages, saved.phone) == (["fr", "sw"], "+201024938965")
    assert contact_form(user, instance=saved)["languages"].value() == ["fr", "sw"]


def test_the_form_refuses_a_language_that_it_does_not_offer(db):
    form = contact_form(User.objects.get(email="admin@example.org"), {"languages": ["xx"]})

    assert "languages" in form.errors
