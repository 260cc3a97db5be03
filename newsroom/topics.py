from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from iom.caching.version import cached_per_version
from iom.core.lead_texts import Illustrated, Lead, LeadText, LeadTextField
from iom.listing import writing
from iom.listing.reading import Selection
from iom.media import public
from iom.names import Name, NameIn
from iom.navigation.locales import locales
from iom.publishing import jobs
from newsroom.lead_texts import LeadTextForm
from search import index as search_index
from search.analysis import facet_token

JOB = "search.topic"


class TopicForm(LeadTextForm):
    """The form of a topic. Only users who may add topics can change names and addresses; others edit the texts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.for_user is not None and not self.for_user.has_perm("newsroom.add_topic"):
            for row in self.formsets["names"]:
                row.fields["name"].disabled = row.fields["slug"].disabled = True


class Topic(Illustrated):
    """A subject of articles. A topic without a name in a language is not shown in that language."""

    local_name = NameIn("TopicName", "topic")
    default_name = NameIn("TopicName", "topic", settings.LANGUAGE_CODE)

    base_form_class = TopicForm

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class TopicName(LeadText, Name):
    """The name of a topic in one language, its address, and the text above the list of its articles."""

    topic = ParentalKey(Topic, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("name"), max_length=80, blank=True)
    slug = models.SlugField(_("address"), max_length=80, blank=True)
    text = LeadTextField(
        verbose_name=_("text"), help_text=_("Shown in the newsroom, above the articles on this topic.")
    )

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
        if self.text and not self.name:
            raise ValidationError({"text": _("The topic has no name in this language, and is not shown in it.")})


@receiver(post_delete, sender=Topic)
def on_topic_deleted(instance: Topic, **kwargs: Any) -> None:
    """Removes the topic from the listing at once, and from the search index in a job, as many articles may have it."""
    writing.remove_value("topic", str(instance.pk))
    jobs.enqueue(JOB, instance.pk)


@jobs.handler(JOB, label=_("Remove a deleted topic from the search"), is_long=True)
def remove_from_search(key: str) -> None:
    search_index.rewrite_with_tokens([facet_token("topic", key, language) for language in dict(settings.LANGUAGES)])


def _with_public_picture(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    """Returns the topics with public articles in a language in which their picture has an alternative text."""
    described = TopicName.objects.filter(topic__in=topics, name__gt="", alt__gt="")
    rows = list(described.values_list("topic", "language"))
    codes = {code for _key, code in rows}
    listed = {
        locale.language_code: Selection(locale, {}).counts("topic")
        for locale in locales()
        if locale.language_code in codes
    }
    return topics.filter(pk__in=[key for key, code in rows if str(key) in listed.get(code, ())])


public.register(Topic, _with_public_picture)


@cached_per_version
def topic_names(language: str) -> dict[int, TopicName]:
    """Returns the names in a language, by the key of the topic, of the topics that have one."""
    return {row.topic_id: row for row in TopicName.objects.filter(language=language, name__gt="")}


@cached_per_version
def topic_lead(slug: str, language: str) -> Lead | None:
    """Returns the text about a topic in a language; None without one. One query."""
    row = TopicName.objects.filter(slug=slug, language=language).select_related("topic__picture").first()
    lead = row.lead(row.topic) if row else None
    return lead if lead and any(lead) else None
