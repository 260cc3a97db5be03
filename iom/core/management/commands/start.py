import os
import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser, call_command

from iom.core.checks import BEFORE_SERVING
from iom.core.listening import address, obstacle

GUNICORN = ["-m", "gunicorn", "iom.wsgi", "--config", "deploy/gunicorn.conf.py"]
PAUSE = 0.5  # seconds between two checks of the processes


class Command(BaseCommand):
    help = "Serves the site at $BIND (loopback) and $PORT with its scheduler: runserver in development, else gunicorn."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--migrate", action="store_true", help="brings database and search to this version first")

    def handle(self, *args: Any, **options: Any) -> None:
        if reason := obstacle():
            raise CommandError(reason)
        # The child processes use the same settings, and start in the project's folder.
        os.environ["DJANGO_SETTINGS_MODULE"] = str(settings.SETTINGS_MODULE)
        os.chdir(settings.BASE_DIR)
        if options["migrate"]:
            call_command("migrate", interactive=False)
            try:
                call_command("search", check=True)
            except CommandError:  # this version writes what is searched in another way
                call_command("search", rebuild=True)
        manage = [sys.executable, "manage.py"]
        if settings.DEBUG:
            web = [*manage, "runserver", address()]
        else:
            self.check(tags=[BEFORE_SERVING], include_deployment_checks=True)
            if "STATIC_DIR" not in os.environ:  # that folder was filled before
                call_command("collectstatic", interactive=False, verbosity=0)
            web = [sys.executable, *GUNICORN, "--bind", address()]
        if options["verbosity"]:
            self.stdout.write(f"Serving at http://{address()}/ (Ctrl-C stops it)")
        for end in (signal.SIGTERM, signal.SIGHUP):  # that of a terminal that is closed
            signal.signal(end, lambda *_: sys.exit(0))
        children = {"web": subprocess.Popen(web), "scheduler": subprocess.Popen([*manage, "scheduler"])}
        try:
            while children["web"].poll() is None:
                if children["scheduler"].poll() is not None:
                    self.stderr.write("The scheduler has died; starting another.")
                    children["scheduler"] = subprocess.Popen([*manage, "scheduler"])
                time.sleep(PAUSE)
            sys.exit(children["web"].returncode)
        except KeyboardInterrupt:
            pass
        finally:
            for child in children.values():
                child.terminate()
            for child in children.values():
                child.wait(timeout=30)
