"""Who may change an account, and which rights may be given to it. All views of accounts use this module."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from wagtail.permission_policies import ModelPermissionPolicy

from iom.users.models import User


class UserPolicy(ModelPermissionPolicy):
    """Django's permissions, except that only a superuser may change, copy or delete a superuser."""

    def user_has_permission_for_instance(self, user: User | AnonymousUser, action: str, instance: User) -> bool:
        is_above = instance.is_superuser and not user.is_superuser
        return super().user_has_permission_for_instance(user, action, instance) and (action == "view" or not is_above)


policy = UserPolicy(User)


def may_change(user: User | AnonymousUser, other: User) -> bool:
    """Whether `user` may change the account of `other`."""
    return policy.user_has_permission_for_instance(user, "change", other)


def fields_denied_to(user: User | AnonymousUser) -> Iterable[str]:
    """The fields of an account with rights that `user` may not give."""
    if not user.is_superuser:
        yield "is_superuser"
    if not user.has_perm("auth.change_group"):
        yield "groups"
