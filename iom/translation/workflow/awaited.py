"""What a publication in both languages still waits for, in words."""

from django.utils.translation import gettext, ngettext
from wagtail.admin.utils import get_user_display_name

from iom import languages
from iom.translation.models import TranslationState
from iom.translation.workflow import progress


def line(state: TranslationState) -> str:
    """In which language, from whom, and how far it is: « Anglais : Maria Ruiz, 12 passages traduits sur 18 »."""
    language = languages.name(state.locale.language_code)
    if state.claimed_by is not None:
        who = get_user_display_name(state.claimed_by)
    else:
        who = gettext("nobody has claimed it yet")
    text = gettext("%(language)s: %(who)s, %(step)s")
    return text % {"language": language[:1].upper() + language[1:], "who": who, "step": _step(state)}


def _step(state: TranslationState) -> str:
    if state.is_whole and progress.awaits_review(state):
        return gettext("translated, to be revised by another person")
    if state.is_whole:
        return gettext("translated, but not published yet")
    text = ngettext(
        "%(done)d of %(total)d passage translated", "%(done)d of %(total)d passages translated", state.total
    )
    return text % {"done": state.translated, "total": state.total}
