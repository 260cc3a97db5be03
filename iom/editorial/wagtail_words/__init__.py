"""Texts of Wagtail's admin that would be English, wrong or hard to understand in French.

Ours stand before those of its catalogue: each module has a list of Wagtail's messages, which are translated in
`iom/locale/`. Neutral wording stands for « (e) » and « ce(tte) », whatever the name of a thing is put into a sentence.
"""

from iom.editorial.wagtail_words import (
    account,
    asking,
    collections,
    dates,
    editor,
    explorer,
    history,
    labels,
    moderation,
)

MODULES = (account, asking, collections, editor, explorer, history, moderation)
WORDS = [word for module in MODULES for word in module.WORDS]

dates.write_as_the_language_does()
labels.follow_the_language()
