"""The time of a publication in two time zones, and hours that do not exist or occur twice."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from iom.core import moments

NAIROBI, ZURICH = ZoneInfo("Africa/Nairobi"), ZoneInfo("Europe/Zurich")


@pytest.mark.parametrize(
    ("hour", "expected"),
    [
        (datetime(2027, 6, 1, 9), [datetime(2027, 6, 1, 7, tzinfo=UTC)]),
        (datetime(2027, 3, 28, 2, 30), []),
        (datetime(2027, 10, 31, 2, 30), [datetime(2027, 10, 31, hour, 30, tzinfo=UTC) for hour in (0, 1)]),
    ],
)
def test_an_hour_has_one_moment_or_none_or_two_when_the_clocks_change(hour, expected):
    with timezone.override(ZURICH):
        assert moments.get_possible_moments(hour) == expected


@pytest.mark.parametrize(
    ("zone", "language", "expected"),
    [
        (ZURICH, "en", "1 Jun 2027, 09:00 (Geneva)"),
        (NAIROBI, "en", "1 Jun 2027, 10:00 (Nairobi), 09:00 (Geneva)"),
        (ZoneInfo("Asia/Tokyo"), "fr", "1er juin 2027, 16\u00a0h\u00a000 (Tokyo), 9\u00a0h\u00a000 (Genève)"),
        (ZoneInfo("Pacific/Honolulu"), "en", "31 May 2027, 21:00 (Honolulu), 1 Jun 2027, 09:00 (Geneva)"),
    ],
)
def test_a_moment_is_formatted_in_the_time_zones_of_the_user_and_of_geneva(zone, language, expected):
    with timezone.override(zone), translation.override(language):
        assert moments.format_moment(datetime(2027, 6, 1, 7, tzinfo=UTC)) == expected


def test_an_hour_that_occurs_twice_needs_a_utc_offset():
    field = moments.MomentField()
    with pytest.raises(ValidationError, match=r"deux fois|twice"):
        field.clean("2027-10-31T02:30")

    assert field.clean("2027-10-31T02:30+01:00") == datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
    assert field.clean("2027-10-31T02:30+02:00") == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_an_hour_that_does_not_exist_is_refused():
    with pytest.raises(ValidationError):
        moments.MomentField().clean("2027-03-28T02:30")


@pytest.mark.parametrize("said", [moments.missing_hour_message, moments.ambiguous_hour_message])
def test_a_city_whose_name_begins_with_an_article_makes_no_wrong_french(said):
    with timezone.override(ZoneInfo("Africa/Cairo")), translation.override("fr"):
        assert "(Le Caire)" in said()
