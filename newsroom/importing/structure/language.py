"""Which language a text is in: French or English, by the small words that no text is without."""

import re
from collections import Counter

from newsroom.importing.structure import vocabulary

_COMMON = {code: frozenset(words["common"].split()) for code, words in vocabulary.BY_LANGUAGE.items()}
_WORD = re.compile(r"[^\W\d_]+")


def language(text: str) -> str:
    """`fr` or `en`; empty where the text has too few words to tell."""
    counts = Counter(word for word in _WORD.findall(text.casefold()))
    scores = {code: sum(counts[word] for word in common) for code, common in _COMMON.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > 0 and len(set(scores.values())) > 1 else ""
