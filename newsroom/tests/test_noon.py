"""Noon means that only the day is known, in the time zone of the user who enters it and of each who sees it."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from iom.users.models import User
from newsroom import dates
from newsroom.tests.test_dates import ZURICH, date_of, draft, fields_of_form

pytestmark = pytest.mark.django_db


def officer_in(zone):
    profile = UserProfile.get_for_user(User.objects.get(email="officer@example.org"))
    profile.current_time_zone = zone
    profile.save()


@pytest.mark.parametrize("zone", ["Africa/Nairobi", "Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/Zurich"])
def test_noon_is_the_day_alone_by_the_clock_of_whoever_enters_it(sign_in, zone):
    officer_in(zone)
    article, client = draft(slug="un-titre"), sign_in("officer")
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    for _again in range(2):  # what the form shows is saved unchanged
        client.post(edit, fields_of_form(date="2016-03-01T12:00") | {"action-publish": "action-publish"})

        assert date_of(article) == dates.noon(datetime.date(2016, 3, 1))
        shown = client.get(edit).context["form"].initial["date"]
        assert shown == datetime.datetime(2016, 3, 1, 12, tzinfo=ZoneInfo(zone))


def test_an_hour_that_is_noon_elsewhere_stays_while_nobody_changes_it(sign_in):
    officer_in("Africa/Nairobi")
    ten = datetime.datetime(2016, 3, 1, 10, tzinfo=ZURICH)
    article = draft(slug="un-titre", date=ten)
    data = fields_of_form(date="2016-03-01T12:00") | {"action-publish": "action-publish"}
    sign_in("officer").post(reverse("wagtailadmin_pages:edit", args=[article.pk]), data)

    assert date_of(article) == ten
