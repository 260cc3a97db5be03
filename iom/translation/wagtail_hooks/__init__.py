"""Where the desk takes hold in Wagtail's admin, a file for each matter."""

from iom.translation.wagtail_hooks import (  # noqa: F401
    cascade,
    choice,
    desk,
    editor,
    explorer,
    guards,
    history,
    home,
    joint,
    language_rules,
    log,
    messages,
    notice,
    publication,
    questions,
    review,
    stopping,
)
