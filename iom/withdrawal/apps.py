from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WithdrawalConfig(AppConfig):
    name = "iom.withdrawal"
    verbose_name = _("Withdrawal")

    def ready(self) -> None:
        from iom.withdrawal import mail  # noqa: F401  (registers a job)
