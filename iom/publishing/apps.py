from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "iom.publishing"
    verbose_name = _("Publishing")

    def ready(self) -> None:
        from iom.publishing import actions  # Wagtail's actions read models, which are not there before

        actions.install()
