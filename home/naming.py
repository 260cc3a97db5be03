"""How the home page of a new language is called."""

from django.utils import translation
from django.utils.translation import gettext_lazy

from iom import languages
from iom.locale import own_words


def title_in(code: str) -> str:
    """The organization's name; the language's own name where its catalogue lacks that, since a home page has no text
    of another language."""
    with translation.override(code):
        return own_words(gettext_lazy("International Organization for Migration")) or languages.own_name(code)
