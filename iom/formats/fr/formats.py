"""« 24 nov. 2026, 23:10 », « 1er mars 2016 »."""

FIRST_OF_MONTH = "1<sup>er</sup>"
DATE_FORMAT = SHORT_DATE_FORMAT = "j N Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "j N Y, H:i"

# The commonest words, which the translation memory does not search for
COMMON_WORDS = (
    "à au aux avec ce ces cette dans de des du elle elles en est et il ils l la le les leur leurs mais "
    "même n ne nous on ont ou où par pas plus pour qu que qui s sa sans se ses son sont sur un une vous y"
)
# Endings of the plural and the feminine with their replacements. The first that fits is replaced; after one with `+`,
# the next ones are tried too.
WORD_ENDINGS = "eaux=eau aux=al s+= x+= ée=é euse=eur rice=eur ive=if nne=n lle=l e="
