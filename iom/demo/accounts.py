"""One account for each role, with the password of the settings."""

from django.conf import settings
from django.contrib.auth.models import Group

from iom.contacts.models import Office, OfficeStaff
from iom.demo import KNOWN_PASSWORD
from iom.users.models import User

# E-mail address, group, first name, last name
ACCOUNTS = [
    ("officer@example.org", "Communications officers", "Camille", "Officer"),
    ("editor@example.org", "Newsroom editors", "Noor", "Editor"),
    ("translator.fr@example.org", "Translators into French", "Sacha", "Translator"),
    ("translator.en@example.org", "Translators into English", "Robin", "Translator"),
    ("admin@example.org", "Administrators", "Alex", "Administrator"),
]


def load(offices: dict[str, Office]) -> list[tuple[User, str]]:
    """The accounts with the names of their groups; makes those that are missing.

    Where the settings have another password than the known one, accounts that still have that get the other.
    """
    if settings.DEMO_PASSWORD != KNOWN_PASSWORD:
        for open_account in with_known_password():
            open_account.set_password(settings.DEMO_PASSWORD)
            open_account.save(update_fields=["password"])
    accounts = []
    for email, group, first_name, last_name in ACCOUNTS:
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(email, settings.DEMO_PASSWORD, first_name=first_name, last_name=last_name)
            user.groups.add(Group.objects.get(name=group))
            OfficeStaff.objects.create(user=user, office=offices["hq"])
        accounts.append((user, group))
    return accounts


def with_known_password() -> list[User]:
    """The accounts into which anyone who has read README.md can sign in."""
    people = User.objects.filter(email__in=[email for email, *_rest in ACCOUNTS], is_active=True)
    return [user for user in people if user.check_password(KNOWN_PASSWORD)]
