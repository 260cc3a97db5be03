from typing import Any

from django.core.management import BaseCommand

from iom.media import renditions
from iom.publishing import jobs


class Command(BaseCommand):
    help = "Prepares all pictures that are not ready, including those that failed before, and ends."

    def handle(self, *args: Any, **options: Any) -> None:
        jobs.enqueue(renditions.JOB, *renditions.unprepared())
        count = jobs.run(kinds=[renditions.JOB])
        if options["verbosity"]:
            self.stdout.write(f"Pictures: {count.done} prepared.")
        if count.failed:
            self.stderr.write(f"Pictures: {count.failed} could not be prepared. The log has the reasons.")
