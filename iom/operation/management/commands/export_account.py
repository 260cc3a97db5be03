import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.serializers.json import DjangoJSONEncoder

from iom.operation.accounts import export, get_account


class Command(BaseCommand):
    help = "Writes all stored data about a person with an account to a file, for that person."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("file", metavar="FILE.json", type=Path, help="the file to write, which must not exist")

    def handle(self, *args: Any, email: str, file: Path, **options: Any) -> None:
        try:
            text = json.dumps(export(get_account(email)), cls=DjangoJSONEncoder, ensure_ascii=False, indent=1)
            with file.open("x", encoding="utf-8") as target:
                target.write(text)
        except OSError as error:
            raise CommandError(str(error)) from error
