from typing import Any

from wagtail.management.commands import publish_scheduled

from iom.publishing import schedule


class Command(publish_scheduled.Command):
    """Replaces Wagtail's command, which stops at the first item that fails."""

    help = "Publishes and unpublishes the pages that are due. The scheduler does so every minute."

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
        else:
            schedule.publish_due()
