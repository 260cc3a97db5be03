from datetime import timedelta

import pytest
from django.utils import timezone

from iom.contacts.models import ContactSettings
from iom.tests.factories import OfficeFactory


@pytest.fixture
def yesterday():
    return timezone.localdate() - timedelta(days=1)


@pytest.fixture
def no_press_office(db):
    ContactSettings.objects.update(press_office=None)


@pytest.fixture
def press_office(db):
    settings = ContactSettings.load()
    settings.press_office = OfficeFactory(email="press.office@example.org")
    settings.save()
    return settings.press_office
