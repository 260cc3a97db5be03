from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from iom.translation.checks import FAMILIES


class TranslationConfig(AppConfig):
    name = "iom.translation"
    verbose_name = _("Translation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connects receivers and job handlers, and registers the checks."""
        import iom.translation.content.overrides
        import iom.translation.workflow.follow_original
        import iom.translation.workflow.message_entries
        import iom.translation.workflow.originals
        import iom.translation.workflow.permanent_deletion
        import iom.translation.workflow.word_counts  # noqa: F401

        for family in FAMILIES:
            import_module(f"iom.translation.checks.{family}")
