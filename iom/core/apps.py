from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "iom.core"
    verbose_name = _("Core")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from iom.core import checks, site, spreadsheets, titles  # noqa: F401  (models exist only now; they take hold themselves)

        post_migrate.connect(site.follow_site_url, sender=self)
