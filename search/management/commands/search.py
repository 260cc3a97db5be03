from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from search import drafts, index


class Command(BaseCommand):
    help = "Compares what is searched with the pages, or writes it again."

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--check", action="store_true", help="Prints each difference, and fails where there is one.")
        what.add_argument("--rebuild", action="store_true", help="Writes everything again; it can be read meanwhile.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["rebuild"]:
            index.rebuild()
            drafts.rebuild()
            return
        found = [*index.differences(), *drafts.differences()]
        for difference in found:
            self.stdout.write(difference)
        if found:
            raise CommandError(f"{len(found)} differences. `search --rebuild` corrects them.")
