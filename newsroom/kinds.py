"""The types and scopes of articles."""

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
        """The label without the word “scope” beside it, as above a title. In French it has another gender there."""
        return str({self.GLOBAL: _("Global"), self.REGIONAL: _("Regional"), self.NATIONAL: _("National")}[self])
