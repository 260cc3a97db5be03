from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediaConfig(AppConfig):
    name = "iom.media"
    verbose_name = _("Pictures and documents")

    def ready(self) -> None:
        from iom.media import drafts, renditions  # noqa: F401  (they register jobs and receivers)
