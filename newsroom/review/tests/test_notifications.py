"""Notifications of colleagues about a text that waits for their review."""

import pytest

from iom.contacts.models import OfficeStaff
from iom.tests.factories import OfficeFactory
from iom.users.models import User
from newsroom.review.tests.test_review import submit, text, user

pytestmark = pytest.mark.django_db


def test_colleagues_of_the_office_are_told(office, mailoutbox):
    User.objects.create_user("far@example.org", "x").groups.set(user("officer").groups.all())
    submit(text(office))
    assert {one for mail in mailoutbox for one in mail.to} == {"colleague@example.org"}


def test_colleagues_of_the_offices_above_are_told_as_well(office, mailoutbox):
    office.parent = OfficeFactory()
    office.save()
    above = User.objects.create_user("above@example.org", "x")
    above.groups.set(user("officer").groups.all())
    OfficeStaff.objects.create(office=office.parent, user=above)
    submit(text(office))
    assert {one for mail in mailoutbox for one in mail.to} == {"colleague@example.org", "above@example.org"}
