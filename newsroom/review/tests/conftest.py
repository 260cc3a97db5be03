import pytest

from iom.contacts.models import OfficeStaff
from iom.tests.factories import OfficeFactory
from iom.users.models import User
from newsroom.models import ReviewRule


@pytest.fixture
def office(db):
    """An office with two officers and a rule for its press releases."""
    office, officer = OfficeFactory(), User.objects.get(email="officer@example.org")
    OfficeStaff.objects.filter(user=officer).delete()
    colleague = User.objects.create_user("colleague@example.org", "x")
    colleague.groups.set(officer.groups.all())
    for person in (officer, colleague):
        office.staff.add(OfficeStaff(office=office, user=person))
    office.save()
    ReviewRule.objects.create(office=office, kind="press-release")
    return office
