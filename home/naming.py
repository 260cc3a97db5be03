"""The title of the home page of a new language."""

from django.utils import translation
from django.utils.translation import gettext_lazy

from iom import languages
from iom.locale import own_words


def title_in(code: str) -> str:
    """Returns the organization's name in the language; the language's own name if its catalogue lacks that, since a
    page has no text in another language."""
    with translation.override(code):
        return own_words(gettext_lazy("International Organization for Migration")) or languages.own_name(code)
