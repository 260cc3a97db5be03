import json
import sys
from typing import Any
from urllib.parse import unquote_to_bytes

from django.core.management.base import BaseCommand

from iom.reads.tally import Tally


class Command(BaseCommand):
    help = (
        "Counts the reads in the log of an HTTP cache, which it reads from the standard input, for COUNT_READS=log. "
        "Each line is a JSON object (docs/operators.md, Reads)."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        tally = Tally()
        others = 0
        try:
            for line in sys.stdin:
                try:
                    request = {name: value for name, value in json.loads(line).items() if value not in ("", "-")}
                    if request["status"] in ("200", "304") and request.get("handling") != "pass":
                        path = unquote_to_bytes(request["PATH_INFO"]).decode("latin-1")  # as WSGI has it
                        tally.count(request | {"PATH_INFO": path})
                except (ValueError, AttributeError, KeyError):
                    others += 1
        except KeyboardInterrupt:
            pass
        tally.write()
        if others:
            self.stderr.write(f"{others} lines were not requests in JSON.")
