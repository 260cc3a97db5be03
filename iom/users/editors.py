"""Newsroom editors, as the permission tells them that they alone have."""

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from iom.users.models import User


def editors() -> QuerySet[User]:
    """Those who may withdraw any text. Administrators may as well, but it is not their work."""
    return ModelBackend().with_perm("users.retire_page", include_superusers=False)
