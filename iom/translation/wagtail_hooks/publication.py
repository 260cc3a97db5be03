import logging
from typing import Any

from wagtail import hooks
from wagtail.models import Page, Revision

from iom.translation import publication
from iom.translation.views.bulk_publish import PublishWithoutTranslations

logger = logging.getLogger("iom.translation")

hooks.register("register_bulk_action", PublishWithoutTranslations, order=10)  # in the place of Wagtail's


@hooks.register("before_publication")
def only_what_the_desk_has_made(page: Page, revision: Revision, user: Any) -> bool:
    """Refuses whoever asks for it. A schedule is taken back instead: the scheduler would go no further each minute."""
    try:
        publication.check(page, revision)
    except publication.NotPublished as reason:
        if revision.approved_go_live_at is None:
            raise
        logger.warning("Page %s was scheduled and is not published: %s", page.pk, reason)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        return True
    return False
