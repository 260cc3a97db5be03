"""Texts of Wagtail's editing forms that read badly in French: ours stand before those of its catalogue."""

from django.utils.translation import gettext_noop as _

WORDS = [
    _("Add %(label)s"),
    _("The page title as you'd like it to be seen by the public"),
]
