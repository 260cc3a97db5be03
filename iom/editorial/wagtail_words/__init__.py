"""Translates labels, dates and comparisons that Wagtail's admin has in English only, outside any catalogue.

Better translations of Wagtail's own messages are in `iom/editorial/wagtail_locale/`.
"""

from iom.editorial.wagtail_words import comparisons, dates, labels

comparisons.register_comparisons()
dates.use_localized_formats()
labels.translate_labels()
