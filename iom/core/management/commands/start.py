"""Starts the web server and the scheduler, and restarts the scheduler when it ends."""

import os
import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from iom.core.bind_address import find_bind_error, get_bind_address
from iom.core.checks import BEFORE_SERVING

GUNICORN = ["-m", "gunicorn", "iom.wsgi", "--config", "deploy/gunicorn.conf.py"]
POLL_INTERVAL = 0.5  # seconds between two checks of the processes


class Command(BaseCommand):
    help = (
        "Starts the web server, at the address of BIND and PORT, and the scheduler. The web server is gunicorn; in "
        "development it is runserver."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--migrate", action="store_true", help="first migrates the database, and updates the search index"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if reason := find_bind_error():
            raise CommandError(reason)
        # The child processes use the same settings, and start in the project's folder.
        os.environ["DJANGO_SETTINGS_MODULE"] = str(settings.SETTINGS_MODULE)
        os.chdir(settings.BASE_DIR)
        if options["migrate"]:
            call_command("migrate", interactive=False)
            try:
                call_command("search", check=True)
            except CommandError:  # this version of the code writes another search index
                call_command("search", rebuild=True)
        manage = [sys.executable, "manage.py"]
        if settings.DEBUG:
            web = [*manage, "runserver", get_bind_address()]
        else:
            self.check(tags=[BEFORE_SERVING], include_deployment_checks=True)
            if "STATIC_DIR" not in os.environ:  # that folder has been filled before
                call_command("collectstatic", interactive=False, verbosity=0)
            web = [sys.executable, *GUNICORN, "--bind", get_bind_address()]
        if options["verbosity"]:
            self.stdout.write(f"Serving at http://{get_bind_address()}/ (Ctrl-C stops it)")
        for end in (signal.SIGTERM, signal.SIGHUP):  # SIGHUP when the terminal is closed
            signal.signal(end, lambda *_: sys.exit(0))
        children = {"web": subprocess.Popen(web), "scheduler": subprocess.Popen([*manage, "scheduler"])}
        try:
            while children["web"].poll() is None:
                if children["scheduler"].poll() is not None:
                    self.stderr.write("The scheduler has ended; starting it again.")
                    children["scheduler"] = subprocess.Popen([*manage, "scheduler"])
                time.sleep(POLL_INTERVAL)
            sys.exit(children["web"].returncode)
        except KeyboardInterrupt:
            pass
        finally:
            for child in children.values():
                child.terminate()
            for child in children.values():
                child.wait(timeout=30)
