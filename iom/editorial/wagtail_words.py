"""Texts of Wagtail's admin that would be English or wrong in French: ours stand before those of its catalogue."""

from django.utils.translation import gettext_lazy as _
from wagtail.sites.views import IndexView as SitesView

WORDS = [
    _("Add new promoted result"),
    _("Any"),
    _("App"),
    _("Body"),
    _("Editor's picks deleted."),
    _("Editor's picks for '%(query)s' created."),
    _("Editor's picks for '%(query)s' updated."),
    _("Link text"),
    _("Phone number"),
    _("Promoted results"),
    _("Promoted search result"),
    _("Promoted search results"),
    _("Subject"),
]
# Wagtail labels these columns with the names of their attributes.
LABELS = {"site_name": _("Site name"), "root_page": _("Root page")}

for column in SitesView.columns:
    column.label = LABELS.get(column.name, column.label)
