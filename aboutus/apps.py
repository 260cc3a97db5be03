from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AboutusConfig(AppConfig):
    name = "aboutus"
    verbose_name = _("About the Organization")
