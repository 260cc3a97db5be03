import argparse
import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from newsroom.exporting import folder


class Command(BaseCommand):
    help = (
        "Writes the published articles that anyone may read to a folder, in the format that import_news reads: a text "
        "of each, and manifest.csv. A second run writes changes, and removes articles that are no longer public."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        codes = [code for code, _name in settings.LANGUAGES]
        parser.add_argument("folder", type=Path, metavar="FOLDER")
        parser.add_argument("--locale", choices=[*codes, "all"], default="all", help="only articles in this language")
        parser.add_argument(
            "--since", type=_day, metavar="DATE", help="only articles of this day (YYYY-MM-DD) and later"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        codes = [code for code, _name in settings.LANGUAGES]
        locales = codes if options["locale"] == "all" else [options["locale"]]
        count = 0
        try:
            for name in folder.export(options["folder"], locales, options["since"]):
                count += 1
                if options["verbosity"] > 1:
                    self.stdout.write(name)
        except OSError as error:
            raise CommandError(f"{error.filename or options['folder']}: {error.strerror}") from error
        if options["verbosity"]:
            self.stdout.write(f"{count} articles in {options['folder']}.")


def _day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not a date; write it as 2016-03-01.") from error
