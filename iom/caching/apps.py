from typing import Any

from django.apps import AppConfig
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


def remove(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Removes the triggers before `migrate`, which cannot change a column that a trigger names. Caching stops."""
    from iom.caching import triggers

    triggers.remove(connections[using])


def install(sender: Any, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    from iom.caching import triggers

    triggers.install(connections[using])


class CachingConfig(AppConfig):
    name = "iom.caching"
    verbose_name = _("Page cache")

    def ready(self) -> None:
        pre_migrate.connect(remove, sender=self)
        post_migrate.connect(install, sender=self)
