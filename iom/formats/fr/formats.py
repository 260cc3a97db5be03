"""« 24 nov. 2026, 9 h 10 », « 1er déc. 2026 »: a format's `S` writes the ordinal of the first day."""

FIRST_OF_MONTH = "1<sup>er</sup>"
DATE_FORMAT = SHORT_DATE_FORMAT = "jS N Y"
TIME_FORMAT = "G\u00a0\\h\u00a0i"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = f"{DATE_FORMAT}, {TIME_FORMAT}"

# The commonest words, which the translation memory does not search for
COMMON_WORDS = (
    "à au aux avec ce ces cette dans de des du elle elles en est et il ils l la le les leur leurs mais "
    "même n ne nous on ont ou où par pas plus pour qu que qui s sa sans se ses son sont sur un une vous y"
)
# Endings of the plural and the feminine with their replacements. The first that fits is replaced; after one with `+`,
# the next ones are tried too.
WORD_ENDINGS = "eaux=eau aux=al s+= x+= ée=é euse=eur rice=eur ive=if nne=n lle=l e="
