"""Permissions on accounts: who may change one, and which rights a user may give. All views of accounts use it."""

from collections.abc import Iterable

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
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
    """Yields the names of the form fields for rights that `user` may not give."""
    if not user.is_superuser:
        yield "is_superuser"
    if not user.has_perm("auth.change_group"):
        yield "groups"


def editors() -> QuerySet[User]:
    """Returns the newsroom editors: users who may withdraw any text. Superusers are left out: it is not their work."""
    return ModelBackend().with_perm("users.retire_page", include_superusers=False)
