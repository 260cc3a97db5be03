import os
import signal
import subprocess
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command

# Threads as well as processes: a slow reader holds a thread, not a worker.
GUNICORN = ["-m", "gunicorn", "iom.wsgi", "--workers", "2", "--threads", "4", "--no-control-socket"]
PAUSE = 0.5  # seconds between two looks at the processes


class Command(BaseCommand):
    help = "Serves the site on loopback at $PORT with its scheduler: runserver in development, else gunicorn."

    def handle(self, *args: Any, **options: Any) -> None:
        address = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
        manage = [sys.executable, "manage.py"]
        if settings.DEBUG:
            web = [*manage, "runserver", address]
        else:
            call_command("collectstatic", interactive=False, verbosity=0)
            web = [sys.executable, *GUNICORN, "--bind", address]
        self.stdout.write(f"Serving at http://{address}/ (Ctrl-C stops it)")
        # The children read the same settings as this process.
        os.environ["DJANGO_SETTINGS_MODULE"] = str(settings.SETTINGS_MODULE)
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        children = {
            name: subprocess.Popen(command) for name, command in (("web", web), ("scheduler", [*manage, "scheduler"]))
        }
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
