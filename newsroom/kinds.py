"""What an article is, and how far it reaches."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PRESS_RELEASE = "press-release", _("Press release")
    NEWS = "news", _("News")
    STATEMENT = "statement", _("Statement")
    SPEECH = "speech", _("Speech")
    STORY = "story", _("Story")
    MEDIA_ADVISORY = "media-advisory", _("Media advisory")


class Scope(models.TextChoices):
    GLOBAL = "global", _("Global")
    REGIONAL = "regional", _("Regional")
    NATIONAL = "national", _("National")
