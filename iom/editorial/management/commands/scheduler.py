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
ONCE = 600  # seconds that the pictures and archives of a single round may take


class Command(BaseCommand):
    help = (
        "Publishes and takes down what is due and sends the desk's letters, every minute, and prepares new pictures "
        "and the press’s archives in between, until it is stopped. One such process is enough; several do no harm."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=float, default=60, metavar="SECONDS", help="the pause between two rounds")
        parser.add_argument("--once", action="store_true", help="one round, with all that waits, and no more")

    def handle(self, *args: Any, every: float, once: bool = False, **options: Any) -> None:
        if once:
            self.publish(every)
            for work in self.works():
                self.do(work, time.time() + ONCE)
            return
        while True:
            self.publish(every)
            self.work(until=time.time() // every * every + every)  # on the minute, as embargoes are set

    def publish(self, every: float) -> None:
        """What is due: both languages of a text, then what goes out alone, then the letters; none stops another."""
        rounds: list[tuple[str, Callable[[], Any]]] = [
            ("publish_due", lambda: joint.publish_due(timezone.now())),
            ("publish_scheduled", lambda: call_command("publish_scheduled", verbosity=0)),
            ("send_due", lambda: sending.send_due(timezone.now())),
            ("renew", drawing.renew),  # pictures prepared for another version of the uses wait again
            *((hook.__name__, hook) for hook in hooks.get_hooks("scheduler_round")),
        ]
        for name, run in rounds:
            try:
                run()
            except Exception:
                # What failed this minute is due the next one too; a scheduler that has died publishes nothing.
                logger.exception("%s failed; trying again in %s s", name, every)
            close_old_connections()

    def works(self) -> list[Callable[[float], Any]]:
        """The pictures, and what apps above have to do."""
        return [draw, *hooks.get_hooks("scheduler_work")]

    def work(self, until: float) -> None:
        """Does, again and again up to the next round, what waits. What fails is left alone until then."""
        works = self.works()
        while time.time() < until:
            works = [work for work in works if self.do(work, until)]
            close_old_connections()
            time.sleep(max(0, min(LOOK, until - time.time())))

    @staticmethod
    def do(work: Callable[[float], Any], until: float) -> bool:
        """Calls a hook of `scheduler_work`; whether it may be called again before the next round."""
        try:
            work(until)
        except Exception:
            # The disk is full or the database away: as with publication, the next round tries again.
            logger.exception("%s failed; trying again with the next round", work.__name__)
            return False
        return True


def draw(until: float) -> None:
    """Prepares the pictures that wait."""
    drawing.prepare_waiting(until)
