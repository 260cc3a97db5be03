from typing import Any

from django.core.management.base import BaseCommand

from iom.translation.memory import entries
from iom.translation.models import MemoryEntry


class Command(BaseCommand):
    help = "Makes the translation memory again from published translations and imported archives."

    def handle(self, *args: Any, **options: Any) -> None:
        entries.rebuild()
        if options["verbosity"]:
            self.stdout.write(f"{MemoryEntry.objects.count()} passages are in the translation memory.")
