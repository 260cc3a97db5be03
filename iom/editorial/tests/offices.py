"""An officer who belongs to an office, and a text for each kind of office from the officer's point of view."""

from iom.contacts.models import OfficeStaff
from iom.editorial.tests import admin_urls
from iom.tests.factories import OfficeFactory
from iom.users.models import User

# The officer's own, one below it, one beside it; a text without office is of headquarters.
KINDS = ("own", "below", "other", "none")
THEIRS = ("own", "below")


def user(account):
    return User.objects.get(email=f"{account}@example.org")


def posted(account, *offices):
    """Returns the account, after assigning it to these offices only."""
    person = user(account)
    OfficeStaff.objects.filter(user=person).delete()
    for office in offices:
        OfficeStaff.objects.create(user=person, office=office)
    return person


def create_offices():
    """Creates the offices, and returns them by kind; the officer belongs to one of them."""
    own = OfficeFactory(kind="regional")
    offices = {"own": own, "below": OfficeFactory(parent=own), "other": OfficeFactory(), "none": None}
    posted("officer", own)
    return offices


def columns(offices):
    """Creates a published French original and its translation for each kind, as the columns of the tables."""
    texts = [admin_urls.text("fr", office=offices[kind], slug=f"text-{kind}") for kind in KINDS]
    return [(text.original, text.state) for text in texts]


def client():
    found = admin_urls.KnownClient()
    found.force_login(user("officer"))
    return found
