"""What an article is, and how far it reaches."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    PRESS_RELEASE = "press-release", _("Press release")
    NEWS = "news", _("News")
    STATEMENT = "statement", _("Statement")
    SPEECH = "speech", _("Speech")
    STORY = "story", _("Story")
    MEDIA_ADVISORY = "media-advisory", _("Media advisory")


class Scope(models.TextChoices):
    GLOBAL = "global", pgettext_lazy("scope", "Global")
    REGIONAL = "regional", pgettext_lazy("scope", "Regional")
    NATIONAL = "national", pgettext_lazy("scope", "National")

    @property
    def alone(self) -> str:
        """Its name where the word “scope” is not beside it, as above a title: French has another gender there."""
        return str({self.GLOBAL: _("Global"), self.REGIONAL: _("Regional"), self.NATIONAL: _("National")}[self])
