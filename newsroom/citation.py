"""How an article is cited: in words, and as BibTeX."""

import re
from typing import Any, NamedTuple

from babel import Locale
from django.utils.translation import gettext

from iom.core.blocks.plain_text import line
from iom.core.templatetags.site import date_text
from newsroom.dates import day_of

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
# What LaTeX takes for a command
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
    """Of a NewsArticle, in the active language, which is its own. A draft may have no date and has no number."""
    said = " ".join(part for part in (str(article.get_kind_display()), article.reference) if part)
    issued = ", ".join(part for part in (said, line(article.place), date_text(article.date)) if part)
    words = {
        "author": gettext("International Organization for Migration"),
        "acronym": gettext("IOM"),
        "title": line(article.title),
        "issued": issued,
        "address": article.full_url,
    }
    in_words = gettext("%(author)s (%(acronym)s). “%(title)s”. %(issued)s. %(address)s") % words
    return Citation(in_words, _bibtex(article, words["author"], said))


def _bibtex(article: Any, author: str, said: str) -> str:
    """An entry that BibTeX and biblatex read. Its key is the same as long as the article has its number."""
    language = article.locale.language_code
    fields = {
        "author": f"{{{_escaped(author)}}}",
        "title": f"{{{_escaped(line(article.title))}}}",
        "note": _escaped(", ".join(part for part in (said, date_text(article.date)) if part)),
        "address": _escaped(line(article.place)),
        "langid": Locale("en").languages.get(language, language).lower(),
        "url": article.full_url,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    if article.date:
        day = day_of(article.date)
        lines[2:2] = [f"  year = {{{day.year}}}", f"  month = {_MONTHS[day.month - 1]}"]
    key = f"iom-{article.reference or article.slug}-{language}"
    return f"@misc{{{re.sub(r'[^\w-]', '', key, flags=re.ASCII)},\n{',\n'.join(lines)}\n}}"


def _escaped(text: str) -> str:
    return text.translate(_ESCAPED)
