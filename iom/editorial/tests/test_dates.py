"""Dates in the admin, in each language's format."""

from datetime import UTC, date, datetime

import pytest
from django.db import models
from django.template import Context, Template
from django.utils import timezone, translation
from wagtail.admin.compare import comparison_class_registry
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput

from iom.editorial.wagtail_words.comparisons import WordsComparison


@pytest.mark.parametrize(
    ("language", "day", "moment", "in_script"),
    [
        ("fr", "05/11/2026", "05/11/2026 10:03", "d/m/Y"),
        ("en", "2026-11-05", "2026-11-05 10:03", "Y-m-d"),  # which nobody reads as the eleventh of May
    ],
)
def test_a_field_shows_and_takes_a_date_as_its_language_writes_it(language, day, moment, in_script):
    with translation.override(language):
        assert AdminDateInput().format_value(date(2026, 11, 5)) == day
        assert AdminDateTimeInput().format_value(datetime(2026, 11, 5, 10, 3)) == moment
        assert AdminDateInput().get_config()["format"] == in_script
        assert models.DateField().formfield().clean(day) == date(2026, 11, 5)
        assert models.DateField().formfield().clean("2026-11-05") == date(2026, 11, 5)


def test_two_versions_are_compared_in_words():
    class Version:
        moment = datetime(2026, 11, 5, 9, 3, tzinfo=UTC)

    field = models.DateTimeField(name="moment")
    field.attname = "moment"
    with translation.override("fr"):
        compared = comparison_class_registry.get(field)(field, Version(), Version())

    assert isinstance(compared, WordsComparison)
    assert compared.val_a == "5 nov. 2026, 10\u00a0h\u00a003"
    assert not compared.has_changed()


@pytest.mark.parametrize(("language", "text"), [("fr", "9\u00a0h\u00a005, par Ada"), ("en", "09:05 by Ada")])
def test_the_time_of_the_last_change_of_today_is_written_as_in_the_language(monkeypatch, language, text):
    tag = "{% load wagtailadmin_tags %}{% timesince_last_update moment user_display_name='Ada' %}"
    moment = datetime(2026, 12, 1, 9, 5, tzinfo=timezone.get_current_timezone())
    monkeypatch.setattr(timezone, "now", lambda: moment)
    with translation.override(language):
        assert Template(tag).render(Context({"moment": moment})) == text
