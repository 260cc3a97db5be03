from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from iom.listing import checking, writing


class Command(BaseCommand):
    help = "Compares the listing with the pages, or makes it anew."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--check", action="store_true", help="Prints each difference, and fails where there is one.")
        what.add_argument("--rebuild", action="store_true", help="Makes the listing anew; it can be read meanwhile.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            writing.rebuild()
            return
        number = 0
        for number, difference in enumerate(checking.differences(), start=1):
            self.stdout.write(difference)
        if number:
            raise CommandError(f"{number} differences. `listing --rebuild` puts them right.")
