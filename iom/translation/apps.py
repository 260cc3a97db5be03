from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "iom.translation"
    verbose_name = _("Translation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from iom.translation.content import inline, titles  # noqa: F401  (they listen)
        from iom.translation.notifications import sending  # noqa: F401  (it offers its work)
        from iom.translation.workflow import follow_original, receivers  # noqa: F401  (they listen)
