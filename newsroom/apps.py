from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from newsroom import checks, drafts  # noqa: F401  (it registers them; it listens)
        from newsroom.press import builder  # noqa: F401  (it listens, and registers a job)
