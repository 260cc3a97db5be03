"""Loads the demonstration content, and generated articles for measurements."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, call_command
from django.utils import translation

from iom.demo import accounts, articles, records, tree
from iom.demo.generated import article_count
from iom.demo.generated.articles import MAX_ARTICLES, People
from iom.translation.models import LanguageRule, Message
from iom.users.models import User


class Command(BaseCommand):
    help = "Loads the demonstration. Does not change what exists already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--articles",
            type=int,
            metavar="N",
            help=f"the number of generated articles in each language, with officers' work on them, for measurements "
            f"(at most {MAX_ARTICLES}); 0 removes all",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 <= (options["articles"] or 0) <= MAX_ARTICLES:
            raise CommandError(f"--articles must be a number from 0 to {MAX_ARTICLES}.")
        password = settings.DEMO_PASSWORD
        if password:
            self.check_password_strength(password)
        library = records.load()
        call_command("load_glossary", verbosity=0)
        people: list[tuple[User, str]] = accounts.load(library.offices) if password else []
        by_group = {group: user for user, group in people}
        pages = tree.load(library, by_group.get("Administrators"))
        rules = LanguageRule.objects.values_list("locale__language_code", "translators__name")
        translators = {code: by_group.get(group) for code, group in rules}
        texts = articles.load(library, by_group.get("Communications officers"), translators)
        call_command("publish_scheduled", verbosity=0)
        # Nobody waits for messages about these texts.
        Message.objects.filter(kind=Message.Kind.DONE, sent_at=None).delete()
        if options["articles"] is not None:
            who = by_group.get("Communications officers"), *translators.values(), by_group.get("Newsroom editors")
            author, translator, *_others, colleague = [user.pk if user else None for user in who]
            article_count.set_article_count(options["articles"], People(author, translator, colleague))
        if options["verbosity"]:
            self.report(pages, texts, people)

    def report(self, pages: int, texts: int, people: list[tuple[User, str]]) -> None:
        self.stdout.write(f"Demonstration: {pages} pages and {texts} articles added.")
        if people:
            self.stdout.write(f"Accounts, with the password {settings.DEMO_PASSWORD} unless it was changed:")
            for user, group in people:
                self.stdout.write(f"  {user.email:<28} {group}")
        else:
            self.stdout.write("No accounts were added: they need a password in DEMO_PASSWORD.")

    def check_password_strength(self, password: str) -> None:
        """Raises CommandError for a password that no user could choose."""
        try:
            with translation.override(None):
                validate_password(password)
        except ValidationError as error:
            raise CommandError("DEMO_PASSWORD: " + " ".join(error.messages)) from error
