"""Who changes an account, and which rights may be given to one. Every screen that changes accounts asks here."""

from collections.abc import Iterable
from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from iom.users.models import User


class UserPolicy(ModelPermissionPolicy):
    """Django's permissions; but only a superuser changes, copies or deletes a superuser."""

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        is_above = instance.is_superuser and not user.is_superuser
        return super().user_has_permission_for_instance(user, action, instance) and (action == "view" or not is_above)


policy = UserPolicy(User)


def may_change(user: Any, other: Any) -> bool:
    """Whether `user` may change the account of `other`: password, address, groups, all of it."""
    return policy.user_has_permission_for_instance(user, "change", other)


def rights_out_of_reach(user: Any) -> Iterable[str]:
    """The fields of an account by which `user` would give rights that are not theirs to give."""
    if not user.is_superuser:
        yield "is_superuser"
    if not user.has_perm("auth.change_group"):
        yield "groups"
