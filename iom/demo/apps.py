from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemoConfig(AppConfig):
    name = "iom.demo"
    verbose_name = _("Demonstration")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from iom.demo import checks  # noqa: F401  (registers itself; models exist only now)
