from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "iom.publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        # These modules import models, which are not loaded before; `revisions` and `statistics` register jobs.
        from iom.publishing import actions, redirects, revisions, statistics, workflows  # noqa: F401

        actions.install()
        redirects.install()
        workflows.install()
