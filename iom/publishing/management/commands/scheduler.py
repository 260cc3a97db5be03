import logging
import signal
import sys
import time
from threading import Event, Thread
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser
from django.db import Error
from wagtail import hooks

from iom.publishing import jobs, schedule
from iom.publishing.database_version import pending_migrations

logger = logging.getLogger(__name__)
POLL = 1  # seconds between two checks for jobs, and between two attempts to take over the scheduler's lock
GRACE = 20  # seconds for running jobs to end when the scheduler is stopped
DATABASE_POLL = 5  # seconds between two checks whether the database has this version


class Command(BaseCommand):
    help = (
        "Publishes and unpublishes the pages that are due, each minute, and runs background jobs (pictures, press "
        "archives, emails) until it is stopped. One process is enough; several are safe."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every", type=float, default=60, metavar="SECONDS", help="the seconds from one round to the next (60)"
        )
        parser.add_argument(
            "--once",
            action="store_true",
            help="runs one round with all due jobs, and ends; exit status 1 if anything has failed",
        )

    def handle(self, *args: Any, every: float, once: bool = False, **options: Any) -> None:
        if every < 1:
            raise CommandError("--every must be a number of seconds, 1 or more.")
        if once:
            return self.once()
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        stop = Event()
        self.wait_for_database(stop)
        workers = [  # threads, so that no job delays a publication, and no long job delays another kind
            Thread(target=self.work, args=(stop, every, kinds), daemon=True)
            for kinds in (jobs.kinds(is_long=False), *([kind] for kind in jobs.kinds(is_long=True)))
        ]
        extra = [run for hook in hooks.get_hooks("run_beside_scheduler") if (run := hook())]
        workers += [Thread(target=run, args=(stop,), daemon=True) for run in extra]
        for worker in workers:
            worker.start()
        try:
            while all(worker.is_alive() for worker in workers):
                time.sleep(self.publish(every))
            raise CommandError("A thread that runs jobs, or purges the HTTP cache, has ended.")
        finally:
            stop.set()
            until = time.time() + GRACE
            for worker in workers:
                worker.join(max(until - time.time(), 0))

    def wait_for_database(self, stop: Event) -> None:
        """Returns when the database answers and has the version of this code. Logs each reason to wait once."""
        logged = ""
        while reason := self.find_reason_to_wait():
            if reason != logged:
                logger.warning("The scheduler waits. %s", reason)
                logged = reason
            jobs.close_broken_connections()
            stop.wait(DATABASE_POLL)
        if logged:
            logger.warning("The scheduler starts: the database answers and has all migrations.")

    def find_reason_to_wait(self) -> str:
        """Returns why the scheduler cannot start yet; empty if it can."""
        try:
            missing = pending_migrations()
        except Error as error:
            return f"The database does not answer: {error}"
        if not missing:
            return ""
        return f"Migrations are missing, the last is {missing[-1]}. Run: manage.py migrate"

    def once(self) -> None:
        if reason := self.find_reason_to_wait():
            raise CommandError(reason)
        failed = schedule.publish_due() or 0
        jobs.enqueue_missing()
        count = jobs.run()
        if failed or count.failed:
            raise CommandError(f"Failed: {failed} due items, {count.failed} jobs. The log has the reasons.")

    def publish(self, every: float) -> float:
        """Publishes what is due. Returns the number of seconds until the next round."""
        is_other = False
        try:
            is_other = schedule.publish_due() is None
        except Exception:
            # Everything is still due in the next round, so the process goes on.
            logger.exception("The due pages could not be published; trying again in %s s", every)
        jobs.close_broken_connections()
        now = time.time()
        until = now // every * every + every  # on the minute, like embargoes
        return min(POLL, until - now) if is_other else until - now

    def work(self, stop: Event, every: float, kinds: list[str] | None = None) -> None:
        """Runs the jobs of these kinds, or of all, until `stop` is set."""
        next_check = 0.0
        while not stop.is_set():
            try:
                if time.time() >= next_check:
                    next_check = time.time() + every
                    jobs.enqueue_missing(kinds)
                pause = 0.0 if any(jobs.run(until=time.time() + POLL, kinds=kinds)) else POLL
            except Exception:
                logger.exception("Jobs could not be run; trying again in %s s", every)  # the database does not answer
                pause = every
            jobs.close_broken_connections()
            stop.wait(pause)
