from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from iom.operation.recovery.restoring import finish, restore
from iom.operation.recovery.stores import find_set


class Command(BaseCommand):
    help = (
        "Restores a backup into an empty site, and publishes nothing. Stop all processes of the site first. "
        "BACKUP_KEY has to be the key of the backup."
    )
    requires_system_checks = []  # there may be no table yet

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument(
            "source", nargs="?", metavar="BACKUP", help="the folder of the backup, or s3://bucket/prefix/name"
        )
        what.add_argument(
            "--finish",
            action="store_true",
            help="only migrates the database, checks listing and search, and empties the caches",
        )

    def handle(self, *args: Any, source: str | None, **options: Any) -> None:
        if source is None:
            finish()
            if options["verbosity"]:
                self.stdout.write(
                    "The database is migrated, listing and search are checked, and the caches are empty."
                )
            return
        manifest = restore(*find_set(source), settings.BACKUP_KEY)
        if options["verbosity"]:
            self.stdout.write(f"The state of {manifest['started'][:19]} UTC is restored. Nothing was published.")
