"""Which language a text is in: French or English, by the small words that no text is without."""

import re
from collections import Counter

from newsroom.importing.vocabulary import listed

_COMMON = {
    "fr": listed(
        "le la les des du un une et est dans pour que qui sur au aux par avec ont été ce cette ces se sont plus pas "
        "son sa ses leur leurs ou où à de l d il elle nous vous depuis selon"
    ),
    "en": listed(
        "the of and to in for that is on with as by are from at has have was were be been this their its will which "
        "it an or who not they we he she his her more than said"
    ),
}
_WORD = re.compile(r"[^\W\d_]+")


def language(text: str) -> str:
    """`fr` or `en`; empty where the text has too few words to tell."""
    counts = Counter(word for word in _WORD.findall(text.casefold()))
    scores = {code: sum(counts[word] for word in common) for code, common in _COMMON.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > 0 and len(set(scores.values())) > 1 else ""
