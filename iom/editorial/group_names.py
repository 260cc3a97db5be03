"""The groups that migrations make are named in the language of whoever reads it. Their stored names are for the code.

Any other name that an administrator chooses is shown as it is stored.
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
TRANSLATORS = "Translators into "  # and the English name of the language


def stored_for(code: str) -> str:
    """The stored name of the group that translates into a language."""
    return TRANSLATORS + str(Locale.parse(code, sep="-").get_display_name("en"))


def localized(group: Group) -> str:
    """The name in the current language, where it is that of a migration."""
    if group.name.startswith(TRANSLATORS):
        for code, _name in settings.LANGUAGES:
            if group.name == stored_for(code):
                return pgettext("group", "Translators into %(language)s") % {"language": languages.name(code)}
    return str(NAMES.get(group.name, group.name))


def install() -> None:
    """To be called once, when the app is ready."""
    Group.__str__ = localized  # type: ignore[method-assign, assignment]
    for column in IndexView.columns:
        if column.name == "name":
            column.accessor = str
