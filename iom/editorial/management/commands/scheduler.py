import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.management import BaseCommand, call_command
from django.core.management.base import CommandParser
from django.db import close_old_connections
from django.utils import timezone
from wagtail import hooks

from iom.media import drawing
from iom.translation import joint
from iom.translation.letters import sending

logger = logging.getLogger("iom.scheduler")
LOOK = 1  # seconds between two looks for pictures that wait


class Command(BaseCommand):
    help = (
        "Publishes and takes down what is due and sends the desk's letters, every minute, and prepares new pictures "
        "and the press’s archives in between, until it is stopped. One such process is enough."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, default=60, metavar="SECONDS", help="the pause between two rounds")

    def handle(self, *args: Any, every: float, **options: Any) -> None:
        while True:
            self.publish(every)
            self.draw(until=time.time() // every * every + every)  # on the minute, as embargoes are set

    def publish(self, every: float) -> None:
        """What is due, each by itself: both languages of a text, then what goes out alone, then the letters."""
        rounds: list[tuple[str, Callable[[], Any]]] = [
            ("publish_due", lambda: joint.publish_due(timezone.now())),
            ("publish_scheduled", lambda: call_command("publish_scheduled", verbosity=0)),
            ("send_due", lambda: sending.send_due(timezone.now())),
            *((hook.__name__, hook) for hook in hooks.get_hooks("scheduler_round")),
        ]
        for name, run in rounds:
            try:
                run()
            except Exception:
                # What failed this minute is due the next one too; a scheduler that has died publishes nothing.
                logger.exception("%s failed; trying again in %s s", name, every)
            close_old_connections()

    def draw(self, until: float) -> None:
        """Prepares pictures as they come, and does what apps above have to do, up to the next round."""
        works = hooks.get_hooks("scheduler_work")
        try:
            drawing.renew()
            while time.time() < until:
                drawing.prepare_waiting(until)
                works = [work for work in works if self.do(work, until)]
                close_old_connections()
                time.sleep(max(0, min(LOOK, until - time.time())))
        except Exception:
            # The disk is full or the database away: as with publication, the next round tries again.
            logger.exception("Pictures could not be prepared; trying again with the next round")
            close_old_connections()
            time.sleep(max(0, until - time.time()))

    @staticmethod
    def do(work: Callable[[float], Any], until: float) -> bool:
        """Calls a hook of `scheduler_work`; whether it may be called again before the next round."""
        try:
            work(until)
        except Exception:
            logger.exception("%s failed; trying again with the next round", work.__name__)
            return False
        return True
