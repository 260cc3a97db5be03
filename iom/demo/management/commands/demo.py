from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command

from iom.demo import accounts, articles, records, tree
from iom.translation.models import LanguageRule, Message
from iom.users.models import User


class Command(BaseCommand):
    help = "Loads the demonstration content. What is there already is left as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        library = records.load()
        people: list[tuple[User, str]] = accounts.load(library.offices) if settings.DEMO_ACCOUNTS else []
        by_group = {group: user for user, group in people}
        pages = tree.load(library, by_group.get("Administrators"))
        rules = LanguageRule.objects.select_related("locale", "translators")
        translators = {rule.locale.language_code: by_group.get(str(rule.translators)) for rule in rules}
        texts = articles.load(library, by_group.get("Communications officers"), translators)
        call_command("publish_scheduled", verbosity=0)
        Message.objects.filter(kind=Message.Kind.DONE, sent_at=None).delete()  # nobody has waited for these texts
        self.stdout.write(f"Demonstration: {pages} pages and {texts} articles added.")
        if people:
            self.stdout.write(f"Accounts (password: {accounts.PASSWORD}):")
            for user, group in people:
                self.stdout.write(f"  {user.email:<28} {group}")
        else:
            self.stdout.write("No accounts: these settings refuse to make accounts with a known password.")
