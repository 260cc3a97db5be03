from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from iom.caching.version import kept
from iom.names import Name, Named, NameIn


class Topic(Named):
    """What an article is about. Where it has no name in a language, it is not shown in that language."""

    local_name = NameIn("TopicName", "topic")
    default_name = NameIn("TopicName", "topic", settings.LANGUAGE_CODE)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class TopicName(Name):
    """The name of a topic in one language, and its address there."""

    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=80, blank=True)
    slug = models.SlugField(_("address"), max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "language"], name="topic_name_once_per_language"),
            models.UniqueConstraint(
                fields=["language", "slug"],
                name="topic_address_once_per_language",
                violation_error_message=_("Another topic has this address. Choose another address."),
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if bool(self.name) != bool(self.slug):
            raise ValidationError({"slug": _("Enter both a name and an address.")})


@kept
def topic_names(language: str) -> dict[int, TopicName]:
    """The names of the topics that have one in the language, by the key of the topic."""
    return {row.topic_id: row for row in TopicName.objects.filter(language=language, name__gt="")}
