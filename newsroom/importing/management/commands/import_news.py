"""`manage.py import_news PATH…`: imports an archive of press releases as drafts, or publishes them."""

import json
import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from iom.users.models import User
from newsroom.importing.contact_matching import ContactMatcher
from newsroom.importing.importer import Importer
from newsroom.importing.manifest import Manifest
from newsroom.importing.manifest import read as read_manifest
from newsroom.importing.models import ArchiveImport
from newsroom.importing.readers import READERS
from newsroom.importing.report import Outcome
from newsroom.importing.sources import find_files, find_unsupported_files

EXIT_USAGE, EXIT_FAILED = 2, 1  # exit statuses
MAX_LISTED_FILES = 20  # unsupported files whose names are printed


class Command(BaseCommand):
    help = (
        f"Imports press releases ({', '.join(READERS)}) as drafts, one JSON line for each file. "
        "Exit status: 0 success, 1 a file has failed, 2 wrong usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files and folders")
        languages = [code for code, _name in settings.LANGUAGES]
        parser.add_argument(
            "--locale",
            choices=[*languages, "auto"],
            default="auto",
            help="the language of the texts (auto: detects it)",
        )
        parser.add_argument("--manifest", type=Path, metavar="FILE.csv", help="a file with metadata of the files")
        parser.add_argument("--publish", action="store_true", help="publishes the articles that have a date")
        parser.add_argument("--dry-run", action="store_true", help="reports the same and writes nothing")
        parser.add_argument(
            "--report", type=Path, metavar="FILE.jsonl", help="the file of the report (default: it is printed)"
        )
        parser.add_argument("--user", metavar="EMAIL", help="the author of the drafts")

    def handle(self, *args: Any, **options: Any) -> None:
        missing = [str(path) for path in options["paths"] if not path.exists()]
        if missing:
            raise CommandError(f"There is no such file: {', '.join(missing)}", returncode=EXIT_USAGE)
        paths = list(dict.fromkeys(find_files(options["paths"])))
        manifest = self._read_manifest(options["manifest"], paths)
        importer = Importer(
            paths,
            manifest,
            locale=options["locale"],
            publish=options["publish"],
            dry_run=options["dry_run"],
            user=self._get_user(options["user"]),
        )
        counts: Counter[str] = Counter()
        failed: dict[str, str] = {}
        with self._open_report(options["report"]) as report:
            for outcome in self._with_progress(importer.outcomes(), len(paths)):
                counts[outcome.status] += 1
                if outcome.status == Outcome.FAILED:
                    failed[outcome.file] = outcome.why
                report.write(f"{json.dumps(outcome.line(), ensure_ascii=False)}\n")
                report.flush()
        if not options["dry_run"]:
            ArchiveImport.objects.update_or_create(pk=1, defaults={"failed": failed})
        summary = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
        if options["verbosity"]:
            self.stderr.write(f"{len(paths)} files: {summary}" if summary else "There are no files to import.")
            self._list_unsupported_files(options["paths"], options["manifest"])
        if counts[Outcome.FAILED]:
            sys.exit(EXIT_FAILED)

    def _open_report(self, path: Path | None) -> AbstractContextManager[Any]:
        try:
            return path.open("w", encoding="utf-8") if path else nullcontext(self.stdout)
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=EXIT_USAGE) from error

    def _list_unsupported_files(self, paths: list[Path], manifest: Path | None) -> None:
        """Prints the names of the files that no reader supports."""
        passed = [
            str(path)
            for path in find_unsupported_files(paths)
            if manifest is None or path.resolve() != manifest.resolve()
        ]
        if passed:
            more = f" and {len(passed) - MAX_LISTED_FILES} more" if len(passed) > MAX_LISTED_FILES else ""
            named = ", ".join(passed[:MAX_LISTED_FILES])
            self.stderr.write(f"{len(passed)} files of other kinds were not read: {named}{more}")

    def _read_manifest(self, path: Path | None, paths: list[Path]) -> Manifest:
        if path is None:
            return Manifest()
        try:
            manifest = read_manifest(path, ContactMatcher())
        except OSError as error:
            raise CommandError(f"{path}: {error.strerror}", returncode=EXIT_USAGE) from error
        for name in manifest.ignored:
            self.stderr.write(f"{path}: the column “{name}” is not known and is ignored.")
        if manifest.errors:
            raise CommandError("\n".join(f"{path}: {error}" for error in manifest.errors), returncode=EXIT_USAGE)
        for file in manifest.metadata.keys() - {str(path) for path in paths}:
            self.stderr.write(f"{path}: {file} is not among the files to import.")
        return manifest

    def _get_user(self, email: str | None) -> User | None:
        user = User.objects.filter(email__iexact=email).first() if email else None
        if email and user is None:
            raise CommandError(f"There is no user {email}.", returncode=EXIT_USAGE)
        return user

    def _with_progress(self, outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
        """Yields the outcomes. Prints the progress on a terminal, at most once a second."""
        is_terminal = self.stderr.isatty()
        started = last_printed = time.monotonic()
        for done, outcome in enumerate(outcomes, 1):
            yield outcome
            now = time.monotonic()
            if is_terminal and (now - last_printed >= 1 or done == total):
                last_printed = now
                rate = done / (now - started)
                self.stderr.write(f"\r{done}/{total} · {rate:.0f}/s", ending="\n" if done == total else "")
