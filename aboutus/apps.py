from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AboutusConfig(AppConfig):
    name = "aboutus"
    verbose_name = _("About the organisation")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from aboutus.places import country_places  # models exist only now
        from iom.maps.places import register

        register(country_places)
