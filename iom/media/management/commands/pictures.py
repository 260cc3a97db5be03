from typing import Any

from django.core.management import BaseCommand

from iom.media import drawing
from iom.media.models import SiteImage


class Command(BaseCommand):
    help = "Prepares every picture that waits for its renditions, those that failed before as well, and ends."

    def handle(self, *args: Any, **options: Any) -> None:
        drawing.renew(failed=True)
        ready = drawing.prepare_waiting()
        self.stdout.write(f"Pictures: {ready} prepared.")
        if failed := SiteImage.objects.filter(prepared_for=drawing.FAILED).count():
            self.stderr.write(f"Pictures: {failed} cannot be drawn.")
