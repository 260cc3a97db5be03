import logging
import signal
import sys
import time
from threading import Event, Lock, Thread
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser
from django.db import Error, connection
from wagtail import hooks

from iom.publishing import jobs, schedule
from iom.publishing.database_version import pending_migrations

logger = logging.getLogger(__name__)
POLL = 1  # seconds between two checks for jobs, and between two attempts to take over the scheduler's lock
GRACE = 20  # seconds for running jobs to end when the scheduler is stopped
DATABASE_POLL = 5  # seconds between two checks whether the database has this version
_waiting = Lock()  # held by the thread that waits for the database and logs why


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
                self.wait_for_database(stop)
                time.sleep(self.publish(every))
            raise CommandError("A thread that runs jobs, or purges the HTTP cache, has ended.")
        finally:
            stop.set()
            until = time.time() + GRACE
            for worker in workers:
                worker.join(max(until - time.time(), 0))

    def wait_for_database(self, stop: Event) -> bool:
        """Returns when the database answers and has the version of this code, or `stop` is set.

        Returns whether it had to wait. One thread logs each reason once; the others wait for it.
        """
        if not self.find_reason_to_wait():
            return False
        with _waiting:
            logged = ""
            while not stop.is_set() and (reason := self.find_reason_to_wait()):
                if reason != logged:
                    logger.warning("The scheduler waits. %s", reason)
                    logged = reason
                stop.wait(DATABASE_POLL)
            if logged and not stop.is_set():
                logger.warning("The scheduler goes on: the database answers and has all migrations.")
        return True

    def find_reason_to_wait(self) -> str:
        """Returns why the scheduler cannot work; empty if it can."""
        jobs.close_broken_connections()
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")  # pending_migrations() queries nothing once all are applied
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
            # Everything is still due in the next round, so the process goes on. It waits for a database that is away.
            if not self.find_reason_to_wait():
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
                # In an outage, enqueue_missing() would log an error for each kind.
                if time.time() >= next_check and not self.wait_for_database(stop):
                    next_check = time.time() + every
                    jobs.enqueue_missing(kinds)
                pause = 0.0 if any(jobs.run(until=time.time() + POLL, kinds=kinds)) else POLL
            except Exception:
                pause = 0.0
                if not self.wait_for_database(stop):
                    logger.exception("Jobs could not be run; trying again in %s s", every)
                    pause = every
            jobs.close_broken_connections()
            stop.wait(pause)
