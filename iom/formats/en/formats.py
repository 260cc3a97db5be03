"""« 24 Nov 2026, 23:10 »: Django’s English is American."""

TERRITORY = "GB"
DATE_FORMAT = SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "j M Y, H:i"

# The commonest words, which the translation memory does not search for
COMMON_WORDS = (
    "a an and are as at be been but by for from had has have he her his in is it its not of on or our s "
    "she t that the their they this to was we were which who will with you"
)
# Endings of the plural with their replacements. The first that fits is replaced.
WORD_ENDINGS = "ies=y sses=ss ches=ch xes=x ss=ss us=us is=is s="
