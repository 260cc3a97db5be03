from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.utils.translation import ngettext
from wagtail.admin.views.pages.bulk_actions import PublishBulkAction
from wagtail.models import Page

from iom.publishing import locking
from iom.translation.models import TranslationState


class PublishWithoutTranslations(PublishBulkAction):
    """Wagtail's, for what is not on the translators' desk; one page that cannot go live keeps none of the others."""

    def check_perm(self, page: Page) -> bool:
        return super().check_perm(page) and not _is_on_the_desk(page)

    @locking.atomic
    def form_valid(self, form: Any) -> HttpResponse:
        return super().form_valid(form)

    @classmethod
    def execute_action(
        cls, objects: list[Page], include_descendants: bool = False, user: Any = None, **kwargs: Any
    ) -> tuple[int, int]:
        below = [child for page in objects if include_descendants for child in _drafts_below(page, user)]
        return sum(_publish(page, user) for page in objects), sum(_publish(page, user) for page in below)

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str:
        refused = len(self.get_actionable_objects()[0]) - num_parent_objects
        if refused > 0:
            text = ngettext(
                "%(count)d page could not be published: open it to see why.",
                "%(count)d pages could not be published: open them to see why.",
                refused,
            )
            messages.warning(self.request, text % {"count": refused})
        return super().get_success_message(num_parent_objects, num_child_objects)


def _is_on_the_desk(page: Page) -> bool:
    return TranslationState.objects.filter(page=page.pk, translation__enabled=True).exists()


def _drafts_below(page: Page, user: Any) -> list[Page]:
    drafts = page.get_descendants().not_live().specific()
    return [
        draft
        for draft in drafts
        if not _is_on_the_desk(draft) and (user is None or draft.permissions_for_user(user).can_publish())
    ]


def _publish(page: Page, user: Any) -> bool:
    """Whether it is live, or waits for its minute or its translation, now."""
    try:
        _publish_last_saved(page, user)
    except (PermissionDenied, ValidationError, Page.DoesNotExist):
        return False
    return True


@locking.atomic
def _publish_last_saved(page: Page, user: Any) -> None:
    locking.lock_tree()  # it may be the first publication
    locking.lock_family(page.translation_key)
    page = Page.objects.get(pk=page.pk)
    revision = page.get_latest_revision() or page.specific.save_revision(user=user)
    revision.publish(user=user)
