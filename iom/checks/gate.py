"""Errors of a text refuse its publication, whichever way somebody publishes it.

Asked when a person publishes, schedules or approves, and again when what was scheduled is due. Not asked where nobody
does: what is live stays live, and migrations, scripts and the desk write into it. A translation is refused for what
its original, which readers have, does not have: its translator cannot change the rest. So is what is live, where it is
not published from its form: an old text may be corrected at once.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from wagtail.models import Page, Revision

from iom.core.translation_role import Role, role_of
from iom.findings import Finding, errors_of, said
from iom.publishing import gate


def check(page: Page, revision: Revision | None, user: Any) -> bool:
    """Raises gate.Refused with all errors of the text."""
    if revision is None or (user is None and revision.approved_go_live_at is None):
        return False
    found = errors_of(gate.read(revision))
    if revision.approved_go_live_at:
        found = [one for one in found if one.where != ("go_live_at",)]  # it is being kept
    for there in _read_already(page) if found else []:
        known = {_known(one) for one in errors_of(there)}
        found = [one for one in found if _known(one) not in known]
    if found:
        raise gate.Refused(_sentences([one.message for one in found]))
    return False


def _known(finding: Finding) -> tuple[str, tuple[str, ...]]:
    return finding.code, finding.where


def _read_already(page: Page) -> Iterator[Any]:
    """The page as readers have it, and the original of a translation."""
    if page.live:
        yield page
    if role_of(page) == Role.TRANSLATION:
        yield Page.objects.filter(translation_key=page.translation_key).order_by("pk").first().specific


@said
def _sentences(messages: list[str | Promise]) -> str:
    return " ".join(dict.fromkeys(map(str, messages)))
