"""Regular expressions of attributions in French and English. The group `np` is the speaker's noun phrase."""

import re

from newsroom.importing.structure import vocabulary

# Words between the auxiliary and the participle: « a cependant rappelé », « a, pour sa part, déclaré ».
_BETWEEN_VERB_PARTS = r"(?:,?\s*(?:(?!été\b)[a-zàâçéèêëîïôûü’'-]+,?\s+){0,4})?"
_ADVERB = r"(?:(?:also|further|later|then|recently|earlier|however|once|again|himself|herself|[a-z]+ly)[\s,]+){0,2}"
_PARTICIPLES, _PRESENT_FR = vocabulary.pattern("participles"), vocabulary.pattern("present")
_PRONOUN_FR = r"(?:il|elle|on|ils|elles|je|nous)"
_AUXILIARY = r"(?:s[’'](?:est|était|étaient|sont)|a|ont|avait|avaient|aura|aurait)"
FRENCH = rf"(?:{_AUXILIARY}(?=[\s,]){_BETWEEN_VERB_PARTS}(?:{_PARTICIPLES})|(?:{_PRESENT_FR}))\b(?![-’'])"
FRENCH_INVERTED = (
    rf"(?:{_AUXILIARY}(?:[\s-]+t)?[\s’'-]+(?P<pronoun>{_PRONOUN_FR})(?=[\s,]){_BETWEEN_VERB_PARTS}(?:{_PARTICIPLES})"
    rf"|(?:{_PRESENT_FR})(?:[\s-]+t)?-(?P<pronoun2>{_PRONOUN_FR}))\b"
)
_VERBS_EN = vocabulary.pattern("verbs")
ENGLISH = rf"(?:(?:has|have|had|is|was)\s+)?{_ADVERB}(?:{_VERBS_EN}|saying|adding|quoted as saying)\b"
PRONOUN_EN = r"(?:he|she|they|we|I|it)"
PRONOUN = re.compile(
    rf"(?:{PRONOUN_EN}|{_PRONOUN_FR}|celui-ci|celle-ci|ce dernier|cette dernière|the latter)$", re.IGNORECASE
)

# After the quotation: « …», a déclaré X · “…,” said X · “…,” X said.
AFTER_QUOTATION = [
    ("inverted", re.compile(rf"{FRENCH_INVERTED}(?P<tail>.*)$", re.IGNORECASE | re.DOTALL)),
    ("verb", re.compile(rf"(?:{FRENCH})[\s:]+(?P<np>(?!que\b|qu[’']).+)$", re.IGNORECASE | re.DOTALL)),
    ("verb", re.compile(r"(?:selon|d[’']après|according to|pour)\s+(?P<np>.+)$", re.IGNORECASE | re.DOTALL)),
    ("verb", re.compile(rf"(?:{ENGLISH})\s+(?P<np>(?!that\b|to\b|in\b|on\b|at\b|how\b|:).+)$", re.DOTALL)),
    (
        "subject",
        re.compile(
            rf"(?P<np>(?:[^\s.!?;:]+\s+|(?:[A-Z]|Dr|Mr|Mrs|Ms|St|Prof|Gen|Sen|Amb|Hon|Rev|Capt|Col|Sgt|Lt)\.\s+){{1,22}}?)"
            rf"(?:{ENGLISH})(?P<tail>.*)$",
            re.DOTALL,
        ),
    ),
    (
        "subject",
        re.compile(rf"(?P<np>(?:[^\s.!?;:]+\s+|(?:M|Dr|Mme)\.?\s+){{1,22}}?)(?:{FRENCH})(?P<tail>.*)$", re.DOTALL),
    ),
]
# Before the quotation: X a ajouté : « … » · X said: “…” · As X put it, “…”.
BEFORE_QUOTATION = [
    re.compile(rf"(?:As\s+)?(?P<np>.+?),?\s+(?:{ENGLISH})(?P<tail>.*)$", re.DOTALL),
    re.compile(rf"(?:Comme l[’'])?(?P<np>.+?),?\s+(?:{FRENCH})(?P<tail>.*)$", re.DOTALL),
    re.compile(rf"(?P<np>)(?:{FRENCH_INVERTED})(?P<tail>.*)$", re.IGNORECASE | re.DOTALL),
    re.compile(r"(?:Selon|D[’']après|According to|Pour)\s+(?P<np>.+?)(?P<tail>)$", re.DOTALL),
]
# A clause with more than the speaker and the time, which stays in the text
FURTHER_CONTENT = re.compile(rf",?\s+(?:{vocabulary.pattern('more_content')})\b", re.IGNORECASE)
# A verb that the vocabulary does not list, recognized by the word order:
# « …», plaisante l’infirmière · “…,” chuckled Ann.
UNLISTED_VERB = re.compile(
    rf"(?:(?:s[’']|se\s)?(?!(?:une?|la|le|les|des|ce|cette|ces|selon|dont|avec|comme|mais|et|ou|chez|entre|contre"
    rf"|sous|titre|livre|film"
    r"|intitulée?|notamment|de|que|porte|elle|autre|être)\b)"
    rf"[a-zàâçéèêëîïôûü]+(?:e|it|t|nd)|{_AUXILIARY}\s+(?:[a-zéè]+ment\s+)?[a-zàâçéèêëîïôûü]+(?:ée?|i|u|is|it)"
    r"|(?!(?:is|was|has|as|this|his|needs?|named|called|titled|based|hundred|dozens|ones?)\b)[a-z]+(?:ed|s))"
    r"\s+(?P<np>(?:(?:le|la|l[’']|les|un|une|the|an?)\s?[^\W\d_]|(?:M\.|Mme|Dr|Mr|Mrs|Ms)|[A-ZÀ-Þ]).+)$",
    re.DOTALL,
)
# Inside the quotation, between commas: « L’arbre est lent, explique Fatimata Ba, mais … » · « …, dit-il, … ».
INSIDE_QUOTATION = re.compile(
    rf",\s+(?P<clause>(?:{FRENCH_INVERTED})|(?:{FRENCH}|{ENGLISH})\s+(?P<np>(?:(?:le|la|l[’']|les"
    rf"|the)\s?)?[^\s,.;:!?]+(?:\s+[^\s,.;:!?]+){{0,9}}))"
    r"(?=[,.])"
)
