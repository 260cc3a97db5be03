from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadsConfig(AppConfig):
    name = "iom.reads"
    verbose_name = _("Reads")

    def ready(self) -> None:
        from iom.reads import status, writing  # noqa: F401  (they register a status report and a job)
