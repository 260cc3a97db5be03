"""What Wagtail's admin says where a catalogue does not reach: labels and dates that it has in English alone.

Its messages that are wrong or hard to understand, or use another word than ours, have ours in
`iom/editorial/wagtail_locale/`.
"""

from iom.editorial.wagtail_words import comparisons, dates, labels

comparisons.compare_in_words()
dates.write_as_the_language_does()
labels.follow_the_language()
