"""Translates the names of the groups that migrations create. The code uses their stored names.

Other names, which administrators choose, are shown as stored.
"""

from babel import Locale
from django.conf import settings
from django.contrib.auth.models import Group
from django.utils.translation import pgettext, pgettext_lazy
from wagtail.users.views.groups import IndexView

from iom import languages

NAMES = {
    "Communications officers": pgettext_lazy("group", "Press officers"),
    "Newsroom editors": pgettext_lazy("group", "Newsroom editors"),
    "Administrators": pgettext_lazy("group", "Administrators"),
}
TRANSLATORS = "Translators into "  # followed by the English name of the language


def translators_group_name(code: str) -> str:
    """Returns the stored name of the group that translates into a language."""
    return TRANSLATORS + str(Locale.parse(code, sep="-").get_display_name("en"))


def localized_name(group: Group) -> str:
    """Returns the group's name, translated into the current language if a migration created the group."""
    if group.name.startswith(TRANSLATORS):
        for code, _name in settings.LANGUAGES:
            if group.name == translators_group_name(code):
                return pgettext("group", "Translators into %(language)s") % {"language": languages.name(code)}
    return str(NAMES.get(group.name, group.name))


def install() -> None:
    """Called once, when the app is ready."""
    Group.__str__ = localized_name  # type: ignore[method-assign, assignment]
    for column in IndexView.columns:
        if column.name == "name":
            column.accessor = str
