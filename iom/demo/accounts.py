"""One account for each role, in development only."""

from django.contrib.auth.models import Group

from iom.contacts.models import Office, OfficeStaff
from iom.users.models import User

PASSWORD = "demonstration"  # noqa: S105  (of accounts that production refuses to make)
# E-mail address, group, first name, last name
ACCOUNTS = [
    ("officer@example.org", "Communications officers", "Camille", "Officer"),
    ("editor@example.org", "Newsroom editors", "Noor", "Editor"),
    ("translator.fr@example.org", "Translators into French", "Sacha", "Translator"),
    ("translator.en@example.org", "Translators into English", "Robin", "Translator"),
    ("admin@example.org", "Administrators", "Alex", "Administrator"),
]


def load(offices: dict[str, Office]) -> list[tuple[User, str]]:
    """The accounts with the names of their groups; makes those that are missing."""
    accounts = []
    for email, group, first_name, last_name in ACCOUNTS:
        user = User.objects.filter(email=email).first()
        if user is None:
            user = User.objects.create_user(email, PASSWORD, first_name=first_name, last_name=last_name)
            user.groups.add(Group.objects.get(name=group))
            OfficeStaff.objects.create(user=user, office=offices["hq"])
        accounts.append((user, group))
    return accounts
