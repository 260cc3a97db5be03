"""The gate's check that refuses to publish a text with errors, in every way of publishing.

It runs when a user publishes, schedules or approves, and again when a scheduled text is due. It does not run for
migrations, scripts and the translation desk, which write into live pages. Errors that the live text already has do not
refuse an update, so that an old text can be corrected at once. A translation is not refused for errors of its
original, which its translator cannot change.
"""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from wagtail.models import Page, Revision

from iom.core.translation_role import Role, role_of
from iom.findings import Finding, errors_of, lazy_message
from iom.publishing import gate


def check(page: Page, revision: Revision | None, user: Any) -> bool:
    """Raises gate.Refused with all errors of the text."""
    if revision is None or (user is None and revision.approved_go_live_at is None):
        return False
    found = errors_of(gate.get_page(revision))
    if revision.approved_go_live_at:
        found = [finding for finding in found if finding.where != ("go_live_at",)]  # the embargo is being kept
    for public_text in _public_texts(page) if found else []:
        known = {_identity(finding) for finding in errors_of(public_text)}
        found = [finding for finding in found if _identity(finding) not in known]
    if found:
        raise gate.Refused(_joined([finding.message for finding in found]))
    return False


def _identity(finding: Finding) -> tuple[str, tuple[str, ...]]:
    return finding.code, finding.where


def _public_texts(page: Page) -> Iterator[Any]:
    """Yields the page as readers have it, and the original of a translation."""
    if page.live:
        yield page
    if role_of(page) == Role.TRANSLATION:
        yield Page.objects.filter(translation_key=page.translation_key).order_by("pk").first().specific


@lazy_message
def _joined(messages: list[str | Promise]) -> str:
    return " ".join(dict.fromkeys(map(str, messages)))
