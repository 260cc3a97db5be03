from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TranslationConfig(AppConfig):
    name = "iom.translation"
    verbose_name = _("Translation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Connects receivers and job handlers."""
        import iom.translation.checks
        import iom.translation.content.own_files
        import iom.translation.workflow.follow_original
        import iom.translation.workflow.forgetting
        import iom.translation.workflow.message_entries
        import iom.translation.workflow.originals
        import iom.translation.workflow.word_counts

        iom.translation.checks.load()
