from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationConfig(AppConfig):
    name = "iom.operation"
    verbose_name = _("Operation")

    def ready(self) -> None:
        from iom.operation import cache_cleanup  # noqa: F401  (both register their jobs, which need the models)
        from iom.operation.recovery import schedule  # noqa: F401
