from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from iom.operation.recovery import RecoveryError
from iom.operation.recovery.backups import prune, take
from iom.operation.recovery.sets import read_manifest, verify
from iom.operation.recovery.stores import Store, find_set, get_store


class Command(BaseCommand):
    help = "Takes a backup of the database and the uploaded files while the site is in use. BACKUP_KEY encrypts it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("place", metavar="PLACE", help="a folder, or s3://bucket/prefix; with --check, a backup")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--list", action="store_true", help="lists the backups, the oldest first")
        what.add_argument(
            "--check", action="store_true", help="reads a backup completely; fails if a byte has changed"
        )
        parser.add_argument("--keep", type=_natural, metavar="N", help="then deletes all but the N newest backups")
        parser.add_argument("--days", type=_natural, metavar="N", help="then deletes backups older than N days")

    def handle(self, *args: Any, place: str, **options: Any) -> None:
        if options["list"]:
            self.list(get_store(place))
        elif options["check"]:
            manifest = verify(*find_set(place), settings.BACKUP_KEY)
            self.write(options, f"Complete and unchanged: {_summary(manifest)}.")
        else:
            self.take(get_store(place), options)

    def take(self, store: Store, options: dict[str, Any]) -> None:
        name, manifest = take(store, settings.BACKUP_KEY)
        self.write(options, f"{name}: {_summary(manifest)}.")
        for missing in manifest["missing"]:
            self.stderr.write(f"Missing file, to which the database refers: {missing}")
        for removed in prune(store, options["keep"], options["days"]):
            self.write(options, f"Deleted: {removed}.")

    def list(self, store: Store) -> None:
        for name in store.names():
            try:
                text = _summary(read_manifest(store, name, settings.BACKUP_KEY))
            except RecoveryError as error:
                text = str(error)
            self.stdout.write(f"{name}: {text}")

    def write(self, options: dict[str, Any], text: str) -> None:
        if options["verbosity"]:
            self.stdout.write(text)


def _natural(text: str) -> int:
    if (number := int(text)) < 0:
        raise ValueError
    return number


def _summary(manifest: dict[str, Any]) -> str:
    size = sum(file["size"] for file in manifest["files"].values())
    contents = f"{manifest['engine']}, {manifest['media']} uploaded files, {size / 1e6:.1f} MB"
    return f"{contents}, ended {manifest['ended'][:19]} UTC"
