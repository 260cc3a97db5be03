"""The record of what is done with a translation: in the page's own history and in the site's."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django.contrib.auth import get_user_model
from wagtail.admin.utils import get_user_display_name
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from iom.translation.models import TranslationState

SUBMIT = "translation.submit"
CLAIM = "translation.claim"
RELEASE = "translation.release"
REVISE = "translation.revise"
SEND_BACK = "translation.send_back"
PUBLISH = "translation.publish"
STOP = "translation.stop"
RESTART = "translation.restart"
PUBLISH_ALONE = "translation.publish_alone"
HOLD = "translation.hold"
CANCEL_JOINT = "translation.cancel_joint"


def note(state: TranslationState, action: str, user: Any = None, **data: Any) -> None:
    """Logs `action` on the translated page, with what its message needs.

    An id of its own for each: Wagtail's history shows one entry for each action of a request, whatever the page.
    """
    log(state.page.specific_deferred, action, user=user, data=data, uuid=uuid4())


def last(state: TranslationState, action: str) -> PageLogEntry | None:
    """The newest record of `action`."""
    return PageLogEntry.objects.filter(page=state.page_id, action=action).order_by("-timestamp", "-pk").first()


def names(ids: Iterable[int | None]) -> list[str]:
    """The names of users, in the order of the ids, each once; those who are gone are left out."""
    wanted = [key for key in dict.fromkeys(ids) if key is not None]
    users = get_user_model().objects.in_bulk(wanted)
    return [get_user_display_name(users[key]) for key in wanted if key in users]
