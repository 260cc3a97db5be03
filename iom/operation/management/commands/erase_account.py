from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.utils import translation

from iom.operation.accounts import erase, get_account


class Command(BaseCommand):
    help = "Deletes the personal data of a person with an account. Texts and history are kept under a neutral name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument(
            "--hand-over-to",
            metavar="EMAIL",
            help="the account that takes over locked pages, claimed translations and drafts",
        )

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        successor = options["hand_over_to"]
        with translation.override(settings.LANGUAGE_CODE):
            erase(get_account(email), get_account(successor) if successor else None)
        if options["verbosity"]:
            self.stdout.write(f"{email} was erased. Earlier backups still contain the person.")
