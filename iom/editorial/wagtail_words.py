"""Texts of Wagtail's admin that would be English in French: its catalogue lacks them, or it does not use it."""

from django.utils.translation import gettext_lazy as _
from wagtail.sites.views import IndexView as SitesView

WORDS = [
    _("Any"),
    _("App"),
    _("Body"),
    _("Link text"),
    _("Phone number"),
    _("Subject"),
]
# Wagtail labels these columns with the names of their attributes.
LABELS = {"site_name": _("Site name"), "root_page": _("Root page")}

for column in SitesView.columns:
    column.label = LABELS.get(column.name, column.label)
