"""Words of Wagtail's screens that its French catalogue lacks: ours has them."""

from django.utils.translation import gettext_lazy as _

WORDS = [
    _("Any"),
    _("App"),
    _("Body"),
    _("Link text"),
    _("Phone number"),
    _("Root page"),
    _("Site name"),
    _("Subject"),
]
