"""Creates one account for each role, with the password of the settings."""

from django.conf import settings
from django.contrib.auth.models import Group

from iom.contacts.models import Office, OfficeStaff
from iom.users import KNOWN_PASSWORD
from iom.users.models import User

# Email address, group, first name, last name
ACCOUNTS = [
    ("officer@example.org", "Communications officers", "Camille", "Officer"),
    ("editor@example.org", "Newsroom editors", "Noor", "Editor"),
    ("translator.fr@example.org", "Translators into French", "Sacha", "Translator"),
    ("translator.en@example.org", "Translators into English", "Robin", "Translator"),
    ("admin@example.org", "Administrators", "Alex", "Administrator"),
]


def load(offices: dict[str, Office]) -> list[tuple[User, str]]:
    """Creates missing accounts, and returns all with the names of their groups.

    Accounts with the known password get the password of the settings.
    """
    if settings.DEMO_PASSWORD != KNOWN_PASSWORD:
        for user in User.objects.with_known_password():
            user.set_password(settings.DEMO_PASSWORD)
            user.save(update_fields=["password"])
    accounts = []
    for email, group, first_name, last_name in ACCOUNTS:
        found = User.objects.filter(email=email).first()
        if found is None:
            found = User.objects.create_user(email, settings.DEMO_PASSWORD, first_name=first_name, last_name=last_name)
            found.groups.add(Group.objects.get(name=group))
            OfficeStaff.objects.create(user=found, office=offices["hq"])
        accounts.append((found, group))
    return accounts
