from typing import Any

from wagtail.management.commands import rebuild_references_index

from iom.media import drafts


class Command(rebuild_references_index.Command):
    """Wagtail's command, followed by the references of drafts, which it deletes."""

    def handle(self, **options: Any) -> None:
        super().handle(**options)
        drafts.refresh_all()
