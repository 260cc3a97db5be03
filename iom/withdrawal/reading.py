"""Finds withdrawn texts, their addresses, and the requests that a user may read.

Addresses are cached for one content version, so that a look-up needs no query until the content changes.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from iom.caching.version import cached_per_version
from iom.withdrawal.models import Kind, Withdrawal, WithdrawalRequest, WithdrawnText

_MAX_SUB_ROUTE_PARTS = 2  # parts of an address below that of a page, such as its plain text
_MAX_REQUESTS = 20  # the oldest are listed and decided first


@cached_per_version
def _withdrawn_addresses() -> dict[str, int | None]:
    """Returns the key of the withdrawn text by address; None if its page has been deleted since."""
    deleted = Withdrawal.objects.filter(deleted_addresses__isnull=False).values_list("deleted_addresses", flat=True)
    rows = WithdrawnText.objects.values_list("pk", "addresses")
    found: dict[str, int | None] = {address: None for addresses in deleted for address in addresses or ()}
    return found | {address: pk for pk, addresses in rows for address in addresses}


@cached_per_version
def protected_texts() -> frozenset[UUID]:
    """Returns the translation keys of the texts that were withdrawn for protection."""
    return frozenset(Withdrawal.objects.filter(kind=Kind.PROTECTION).values_list("translation_key", flat=True))


def withdrawn_address(path: str) -> str | None:
    """Returns the address of the withdrawn text to which `path` belongs: the same address or a sub-route of it."""
    known = _withdrawn_addresses()
    parts = path.strip("/").split("/")
    for end in range(len(parts), max(len(parts) - _MAX_SUB_ROUTE_PARTS, 0), -1) if known else ():
        beginning = "/" + "/".join(parts[:end])
        for address in (f"{beginning}/", beginning):
            if address in known:
                return address
    return None


def text_at(address: str) -> WithdrawnText | None:
    """Returns the withdrawn text of an address; None if its page has been deleted since."""
    key = _withdrawn_addresses().get(address)
    return WithdrawnText.objects.select_related("withdrawal").filter(pk=key).first() if key else None


def text_of(pages: Collection[int]) -> WithdrawnText | None:
    """Returns the withdrawn text of one of the pages with these keys. One query; none without pages."""
    return WithdrawnText.objects.select_related("withdrawal").filter(page__in=pages).first() if pages else None


def is_hidden_from(user: Any, translation_key: UUID) -> bool:
    """Whether the text was withdrawn for protection and the user may not see it in the admin."""
    return not user.has_perm("users.retire_page") and translation_key in protected_texts()


def withdrawal_of(page: Any) -> Withdrawal | None:
    found = Withdrawal.objects.filter(translation_key=page.translation_key)
    return found.select_related("withdrawn_by").first()


def requests_for(user: Any, **conditions: Any) -> list[WithdrawalRequest]:
    """Returns the requests that the user may read and decide: for editors only, on texts that they may withdraw."""
    if not user.has_perm("users.retire_page"):
        return []
    found = WithdrawalRequest.objects.filter(**conditions).select_related("page", "requested_by")
    return [
        row
        for row in found.order_by("requested_at", "pk")[:_MAX_REQUESTS]
        if row.page.specific_deferred.permissions_for_user(user).can_withdraw()
    ]
