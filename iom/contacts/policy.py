"""Permissions by office: for which offices a user works. Every form, list and view uses this module.

A user who belongs to an office writes, publishes and withdraws the texts of that office and of the offices below it.
A user who belongs to none or to headquarters works for all offices. So do users with `users.all_offices`, and
translators, whose permissions are limited by language.
"""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy

from iom.contacts.models import Office, OfficeStaff, PressContact
from iom.users import WRITES_ORIGINALS
from iom.users.models import User

ALL_OFFICES = "users.all_offices"


def offices_of(user: Any) -> frozenset[int] | None:
    """Returns the keys of the offices for which the user works, or None for all. Cached on the user."""
    if not hasattr(user, "works_for"):
        is_limited = user.is_active and user.has_perm(WRITES_ORIGINALS) and not user.has_perm(ALL_OFFICES)
        user.works_for = _offices_of(user) if is_limited else None
    return user.works_for


def _offices_of(user: Any) -> frozenset[int] | None:
    is_theirs = Exists(OfficeStaff.objects.filter(office=OuterRef("pk"), user=user))
    offices = list(
        Office.objects.order_by().annotate(is_theirs=is_theirs).values_list("pk", "parent", "kind", "is_theirs")
    )
    found = {pk for pk, _parent, _kind, is_theirs in offices if is_theirs}
    if not found or any(is_theirs and kind == Office.Kind.HEADQUARTERS for _pk, _parent, kind, is_theirs in offices):
        return None
    while below := {pk for pk, parent, *_rest in offices if parent in found} - found:
        found |= below
    return frozenset(found)


def works_for(user: Any, office: int | None) -> bool:
    """Whether the user works for the office with this key. None, for objects without office, means headquarters."""
    offices = offices_of(user)
    return offices is None or office in offices


def writable_offices(user: Any) -> QuerySet[Office]:
    """Returns the offices whose texts and contacts the user may write."""
    offices = offices_of(user)
    return Office.objects.all() if offices is None else Office.objects.filter(pk__in=offices)


def own_office(user: Any) -> Office | None:
    """Returns the default issuing office of the user's texts: the first office to which they belong."""
    posting = OfficeStaff.objects.filter(user=user).select_related("office").order_by("pk").first()
    return posting.office if posting else None


class PressContactPolicy(ModelPermissionPolicy):
    """Django's permissions, except that only users who work for its office change and delete a contact."""

    def user_has_permission_for_instance(
        self, user: User | AnonymousUser, action: str, instance: PressContact
    ) -> bool:
        return super().user_has_permission_for_instance(user, action, instance) and (
            action == "view" or works_for(user, instance.office_id)
        )
