from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AboutusConfig(AppConfig):
    name = "aboutus"
    verbose_name = _("About the Organization")

    def ready(self) -> None:
        from aboutus import receivers  # noqa: F401  (registers receivers)
        from aboutus.reviews import reminders  # noqa: F401  (registers a receiver and a job)
