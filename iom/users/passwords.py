"""Refuses what guessers try first: words of lists, joined, repeated, and followed by a year or a sign.

Django's list of 19,646 breached passwords has only 190 of 12 characters and more. What people make of the others when
they need 12 is of this kind. Passwords are long enough to be made of several words; two are too few.
"""

import re
from functools import cache
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from iom.characters import without_accents

# Of the Organization, its cities and its site, and what French keyboards and people add to Django's list
WORDS = """
iom oim onu uno migration migrations migrant migrants refugee refugees refugie refugies humanitarian humanitaire
organization organisation international internationale nations united unies geneva geneve grandsaconnex suisse
switzerland newsroom presse press communique actualites editor redaction admin administrator administrateur
motdepasse bienvenue bonjour soleil doudou loulou azertyuiop qsdfghjklm wxcvbn jetaime wagtail
"""
LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
MOST = 2
SHORT = re.compile(r"[\W\d_]{0,6}")  # digits and signs beside a word, such as a year


@cache
def known() -> tuple[frozenset[str], int]:
    """The words of the lists, and the length of the longest."""
    listed = CommonPasswordValidator().passwords | set(WORDS.split())
    words = {word for word in listed if len(word) >= (6 if word.isdigit() else 3)}
    return frozenset(words), max(map(len, words))


def words_in(password: str) -> float:
    """The least number of words of the lists of which the password consists; infinite if there is anything else.

    A sign that is repeated is a word, too. Few digits and signs may stand before and after each.
    """
    words, longest = known()
    least = [0.0] + [float("inf")] * len(password)
    for start in range(1, _after(password, 0) + 1):
        least[start] = 0
    for start in range(len(password)):
        before = least[start]
        for end in range(start + 1, min(len(password), start + longest) + 1) if before < MOST else ():
            if (piece := password[start:end]) in words or (len(piece) >= 3 and len(set(piece)) == 1):
                for place in range(end, _after(password, end) + 1):
                    least[place] = min(least[place], before + 1)
    return least[-1]


def _after(password: str, place: int) -> int:
    """Where the digits and signs end that begin at `place`."""
    found = SHORT.match(password, place)
    return found.end() if found else place


def is_predictable(password: str) -> bool:
    """Whether a guesser finds the password with few attempts."""
    plain = without_accents(password.casefold())
    if re.fullmatch(r"(.{1,8}?)\1+.{0,4}", re.sub(r"[\W_]", "", plain)):
        return True
    return any(words_in(written) <= MOST for written in {plain, plain.translate(LOOKALIKES), plain.replace(" ", "")})


class PredictablePasswordValidator:
    """Of Django's AUTH_PASSWORD_VALIDATORS."""

    def validate(self, password: str, user: Any = None) -> None:
        if is_predictable(password[:200]):  # the rest changes nothing
            raise ValidationError(_("This password is easy to guess. Choose three words or more."))

    def get_help_text(self) -> str:
        return _("Choose three words or more that do not belong together, or characters at random.")
