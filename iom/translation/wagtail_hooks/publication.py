from typing import Any

from wagtail import hooks
from wagtail.models import Page, Revision

from iom.translation.workflow import publication
from iom.translation.workflow.bulk_publish import PublishWithoutTranslations

hooks.register("register_bulk_action", PublishWithoutTranslations, order=10)  # in the place of Wagtail's


@hooks.register("before_publication")
def only_what_the_desk_has_made(page: Page, revision: Revision | None, user: Any) -> bool:
    """Refuses whoever asks for it, the scheduler too, which tells the page's officer why."""
    publication.check(page, revision)
    return False
