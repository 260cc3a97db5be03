import logging
import time
from typing import Any

from django.core.management import BaseCommand, call_command
from django.core.management.base import CommandParser
from django.db import close_old_connections

logger = logging.getLogger("iom.scheduler")


class Command(BaseCommand):
    help = "Publishes and takes down what is due, every minute, until it is stopped. One such process is enough."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, default=60, metavar="SECONDS", help="the pause between two rounds")

    def handle(self, *args: Any, every: float, **options: Any) -> None:
        while True:
            try:
                call_command("publish_scheduled", verbosity=0)
            except Exception:
                # What failed this minute is due the next one too; a scheduler that has died publishes nothing.
                logger.exception("publish_scheduled failed; trying again in %s s", every)
            close_old_connections()
            time.sleep(every - time.time() % every)  # on the minute, as embargoes are set
