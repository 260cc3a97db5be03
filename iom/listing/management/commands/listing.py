from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from iom.listing import checking, writing


class Command(BaseCommand):
    help = "Compares the table that all lists read with the pages, or writes it again."
    name = "listing"

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--check", action="store_true", help="prints each difference, and fails if there is one")
        what.add_argument("--rebuild", action="store_true", help="writes it again; the site stays available meanwhile")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            self.rebuild()
            return
        found = list(self.differences())
        for difference in found:
            self.stdout.write(difference)
        if found:
            raise CommandError(f"{len(found)} differences. `{self.name} --rebuild` corrects them.")

    def differences(self) -> Iterable[str]:
        return checking.differences()

    def rebuild(self) -> None:
        writing.rebuild()
