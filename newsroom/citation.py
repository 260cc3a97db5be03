"""The citation of an article, in words and as BibTeX."""

import re
from typing import Any, NamedTuple

from babel import Locale
from django.utils.translation import gettext

from iom.core.blocks.plain_text import single_line
from iom.core.templatetags.site import date_text
from newsroom.dates import day_of

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# Characters with a meaning in LaTeX
_ESCAPED = str.maketrans(
    {
        **{character: f"\\{character}" for character in "{}$&%#_"},
        "\\": r"\textbackslash{}",
        "^": r"\textasciicircum{}",
        "~": r"\textasciitilde{}",
        "\N{NO-BREAK SPACE}": "~",
        "\N{NARROW NO-BREAK SPACE}": "~",
    }
)


class Citation(NamedTuple):
    words: str
    bibtex: str


def citation(article: Any) -> Citation:
    """Returns the citation of a NewsArticle. The active language must be its own.

    A draft may have neither a reference number nor a date.
    """
    type_and_number = " ".join(part for part in (str(article.get_kind_display()), article.reference) if part)
    issued = ", ".join(part for part in (type_and_number, single_line(article.place), date_text(article.date)) if part)
    words = {
        "author": gettext("International Organization for Migration"),
        "acronym": gettext("IOM"),
        "title": single_line(article.title),
        "issued": issued,
        "address": article.full_url,
    }
    in_words = gettext("%(author)s (%(acronym)s). “%(title)s”. %(issued)s. %(address)s") % words
    return Citation(in_words, _bibtex(article, words["author"], type_and_number))


def _bibtex(article: Any, author: str, type_and_number: str) -> str:
    """Returns an entry for BibTeX and biblatex. Its key has the reference number, which never changes; a draft without
    one has its slug there."""
    language = article.locale.language_code
    fields = {
        "author": f"{{{_escape(author)}}}",
        "title": f"{{{_escape(single_line(article.title))}}}",
        "note": _escape(", ".join(part for part in (type_and_number, date_text(article.date)) if part)),
        "address": _escape(single_line(article.place)),
        "langid": Locale("en").languages.get(language, language).lower(),
        "url": article.full_url,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if article.date:
        day = day_of(article.date)
        lines[2:2] = [f"  year = {{{day.year}}}", f"  month = {_MONTHS[day.month - 1]}"]
    key = f"iom-{article.reference or article.slug}-{language}"
    return f"@misc{{{re.sub(r'[^\w-]', '', key, flags=re.ASCII)},\n{',\n'.join(lines)}\n}}"


def _escape(text: str) -> str:
    return text.translate(_ESCAPED)
