"""Search terms that a page does not contain and by which the search finds it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MAX_KEYWORDS_LENGTH = 1500  # characters


def keywords_field() -> "models.TextField[str, str]":
    """Returns the field of a page with its keywords in one language. Only the search reads it (`SearchContent`)."""
    return models.TextField(
        _("keywords"),
        max_length=MAX_KEYWORDS_LENGTH,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "Words and questions that people search for and that the page does not use, separated by commas. "
            "The search of this site finds the page by them; visitors do not see them."
        ),
    )
