"""Password validation: refuses one or two common words, also repeated, or followed by a year or a sign.

Django's list of 19,646 breached passwords has only 190 with 12 characters or more. People who need 12 characters
combine the others in this way. Guessers try such combinations first.
"""

import re
from functools import cache
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iom.characters import without_accents

# Words of the Organization, its cities and its site; French words and keyboard rows that Django's list lacks
WORDS = """
iom oim onu uno migration migrations migrant migrants refugee refugees refugie refugies humanitarian humanitaire
organization organisation international internationale nations united unies geneva geneve grandsaconnex suisse
switzerland newsroom presse press communique actualites editor redaction admin administrator administrateur
motdepasse bienvenue bonjour soleil doudou loulou azertyuiop qsdfghjklm wxcvbn jetaime wagtail
"""
LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
MAX_PREDICTABLE_WORDS = 2  # a password of so many common words is refused
_FILLER = re.compile(r"[\W\d_]{0,6}")  # digits and signs beside a word, such as a year


@cache
def common_words() -> tuple[frozenset[str], int]:
    """Returns the common words, and the length of the longest."""
    candidates = CommonPasswordValidator().passwords | set(WORDS.split())
    words = {word for word in candidates if len(word) >= (6 if word.isdigit() else 3)}
    return frozenset(words), max(map(len, words))


def count_common_words(password: str) -> float:
    """Returns the least number of common words that make up the password; infinite if it has any other part.

    A repeated sign counts as a word. A few digits and signs may precede and follow each word.
    """
    words, longest = common_words()
    least = [0.0] + [float("inf")] * len(password)  # by the length of the beginning of the password
    for start in range(1, _filler_end(password, 0) + 1):
        least[start] = 0
    for start in range(len(password)):
        before = least[start]
        is_relevant = before < MAX_PREDICTABLE_WORDS
        for end in range(start + 1, min(len(password), start + longest) + 1) if is_relevant else ():
            if (piece := password[start:end]) in words or (len(piece) >= 3 and len(set(piece)) == 1):
                for index in range(end, _filler_end(password, end) + 1):
                    least[index] = min(least[index], before + 1)
    return least[-1]


def _filler_end(password: str, start: int) -> int:
    """Returns the end of the digits and signs that begin at `start`."""
    found = _FILLER.match(password, start)
    return found.end() if found else start


def is_predictable(password: str) -> bool:
    """Whether a guesser finds the password with few attempts."""
    plain = without_accents(password.casefold())
    if re.fullmatch(r"(.{1,8}?)\1+.{0,4}", re.sub(r"[\W_]", "", plain)):
        return True
    variants = {plain, plain.translate(LOOKALIKES), plain.replace(" ", "")}
    return any(count_common_words(variant) <= MAX_PREDICTABLE_WORDS for variant in variants)


class PredictablePasswordValidator:
    """A validator for AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: Any = None) -> None:
        if is_predictable(password[:200]):  # the rest changes nothing
            raise ValidationError(_("This password is easy to guess. Choose three words or more."))

    def get_help_text(self) -> str:
        return _("Choose three words or more that do not belong together, or characters at random.")
