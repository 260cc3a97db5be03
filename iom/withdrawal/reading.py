"""Which texts are withdrawn, and at which addresses: known without a query until the content changes; and who reads
which requests for withdrawal.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from iom.caching.version import kept
from iom.withdrawal.models import Kind, Withdrawal, WithdrawalRequest, WithdrawnText

_DEEPEST = 2  # parts of an address below that of a page, such as its plain text
_MOST = 20  # requests, of which the oldest are decided first


@kept
def _addresses() -> dict[str, int | None]:
    """By address: the key of the withdrawn text, or None where its page has been deleted since."""
    deleted = Withdrawal.objects.filter(deleted_addresses__isnull=False).values_list("deleted_addresses", flat=True)
    rows = WithdrawnText.objects.values_list("pk", "addresses")
    found: dict[str, int | None] = {address: None for addresses in deleted for address in addresses or ()}
    return found | {address: pk for pk, addresses in rows for address in addresses}


@kept
def protected_texts() -> frozenset[UUID]:
    """The translation keys of the texts that were withdrawn for protection."""
    return frozenset(Withdrawal.objects.filter(kind=Kind.PROTECTION).values_list("translation_key", flat=True))


def withdrawn_address(path: str) -> str | None:
    """The address of a withdrawn text, which is `path` or served it below its own."""
    known = _addresses()
    parts = path.strip("/").split("/")
    for end in range(len(parts), max(len(parts) - _DEEPEST, 0), -1) if known else ():
        beginning = "/" + "/".join(parts[:end])
        for address in (f"{beginning}/", beginning):
            if address in known:
                return address
    return None


def text_at(address: str) -> WithdrawnText | None:
    """The text that a withdrawn address had. None where its page has been deleted since."""
    key = _addresses().get(address)
    return WithdrawnText.objects.select_related("withdrawal").filter(pk=key).first() if key else None


def text_of(pages: Collection[int]) -> WithdrawnText | None:
    """The withdrawn text of one of these pages, by their keys. One query, and none without pages."""
    return WithdrawnText.objects.select_related("withdrawal").filter(page__in=pages).first() if pages else None


def is_hidden_from(user: Any, translation_key: UUID) -> bool:
    """Whether the user may not see the text in the admin either: it was withdrawn for protection."""
    return not user.has_perm("users.retire_page") and translation_key in protected_texts()


def withdrawal_of(page: Any) -> Withdrawal | None:
    found = Withdrawal.objects.filter(translation_key=page.translation_key)
    return found.select_related("withdrawn_by").first()


def requests_for(user: Any, **conditions: Any) -> list[WithdrawalRequest]:
    """The requests that the user decides, and so may read: editors alone, of texts that they may withdraw."""
    if not user.has_perm("users.retire_page"):
        return []
    found = WithdrawalRequest.objects.filter(**conditions).select_related("page", "requested_by")
    return [
        row
        for row in found.order_by("requested_at", "pk")[:_MOST]
        if row.page.specific_deferred.permissions_for_user(user).can_withdraw()
    ]
