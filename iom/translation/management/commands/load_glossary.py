from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from iom.core.files import UnusableFile
from iom.translation.glossary import files
from iom.translation.glossary.rows import import_rows

OWN = Path(files.__file__).with_name("organization.csv")


class Command(BaseCommand):
    help = "Adds the names, posts and common terms of the Organization, or those of a CSV file, to the glossary."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, default=OWN, help="a CSV file, instead of the file of the site"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            outcome = import_rows(files.read(path.name, path.read_bytes()))
        except (OSError, UnusableFile) as error:
            raise CommandError(str(error)) from error
        for where, why in outcome.errors:
            self.stderr.write(f"{where}: {why}")
        if options["verbosity"]:
            self.stdout.write(
                f"Glossary: {outcome.added} added, {outcome.changed} changed, {outcome.unchanged} unchanged."
            )
