"""Imports a TMX file of any size into the translation memory, as a named archive."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from iom.core.files import UnusableFile
from iom.translation.exchange.memory_views import import_archive
from iom.translation.models import MemoryArchive


class Command(BaseCommand):
    help = "Imports a TMX file into the translation memory. If the file is damaged, imports nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--name", required=True, help="the name that translators see beside its passages")

    def handle(self, *args: Any, file: Path, name: str, **options: Any) -> None:
        try:
            with file.open("rb") as opened:
                count = import_archive(MemoryArchive(name=name), opened)
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}") from error
        except UnusableFile as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(f"{count} pairs imported.")
