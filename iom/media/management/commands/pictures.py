from typing import Any

from django.core.management import BaseCommand

from iom.media import renditions
from iom.publishing import jobs


class Command(BaseCommand):
    help = "Prepares every picture that waits for its renditions, those that failed before as well, and ends."

    def handle(self, *args: Any, **options: Any) -> None:
        jobs.enqueue(renditions.JOB, *renditions.unprepared())
        count = jobs.run(kinds=[renditions.JOB])
        self.stdout.write(f"Pictures: {count.done} prepared.")
        if count.failed:
            self.stderr.write(f"Pictures: {count.failed} cannot be read.")
