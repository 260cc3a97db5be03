from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from iom.operation.recovery.restoring import finish, restore
from iom.operation.recovery.stores import find_set


class Command(BaseCommand):
    help = (
        "Restores a backup into an empty site, and publishes nothing. Stop all processes of the site before. "
        "BACKUP_KEY has to be that of the backup."
    )
    requires_system_checks = []  # there may be no table yet

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("source", nargs="?", metavar="BACKUP", help="its folder, or s3://bucket/prefix/name")
        what.add_argument("--finish", action="store_true", help="repeats what follows the restoration of the data")

    def handle(self, *args: Any, source: str | None, **options: Any) -> None:
        if source is None:
            finish()
            return
        manifest = restore(*find_set(source), settings.BACKUP_KEY)
        if options["verbosity"]:
            self.stdout.write(f"Restored as it was at {manifest['started'][:19]} UTC. Nothing was published.")
