"""The revision of what is live, for pages that came into being without one: by a migration, a script, an import."""

from datetime import timedelta
from typing import Any

from wagtail.models import Page, Revision


def keep(page: Any) -> None:
    """Makes a revision of the published page as the database has it, older than all others, and names it as live.

    Wagtail takes a page offline when an update of it is scheduled, unless it knows which revision is live.
    """
    published = type(page).objects.get(pk=page.pk)
    first = page.revisions.order_by("created_at").first()
    page.live_revision = Revision.objects.create(
        content_type=page.get_content_type(),
        base_content_type=page.get_base_content_type(),
        object_id=str(page.pk),
        object_str=str(published),
        content=published.serializable_data(),
        created_at=first.created_at - timedelta(microseconds=1),
    )
    Page.objects.filter(pk=page.pk).update(live_revision=page.live_revision)
