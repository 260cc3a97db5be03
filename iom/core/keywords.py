"""What people search for who look for a page, where the page has other words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_KEYWORDS = 1500  # letters


def keywords_field() -> "models.TextField[str, str]":
    """Of a page, in its language. Search alone reads it (`iom.core.searched`)."""
    return models.TextField(
        _("keywords"),
        max_length=MOST_KEYWORDS,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "Words and questions that people search for and that the page does not use, separated by commas. "
            "The search of this site finds the page by them; visitors do not see them."
        ),
    )
