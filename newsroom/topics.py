from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from iom.contacts.models import in_current_language
from iom.values import CheckedValues


class TopicQuerySet(models.QuerySet["Topic"]):
    """Topics by language."""

    def named_in(self, language: str) -> "TopicQuerySet":
        """Those that exist in `language`: a topic without a name there is not shown there."""
        return self.exclude(**{f"name_{language}": ""}).order_by(f"name_{language}")


class Topic(CheckedValues, index.Indexed, models.Model):
    """What an article is about: one record for all languages, with its name and address in each."""

    name_fr = models.CharField(_("name in French"), max_length=80, blank=True)
    slug_fr = models.SlugField(_("address in French"), max_length=80, blank=True)
    name_en = models.CharField(_("name in English"), max_length=80, blank=True)
    slug_en = models.SlugField(_("address in English"), max_length=80, blank=True)

    objects = TopicQuerySet.as_manager()

    search_fields = [
        index.SearchField("name_fr"),
        index.SearchField("name_en"),
        index.AutocompleteField("name_fr"),
        index.AutocompleteField("name_en"),
    ]

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name_fr", "name_en"]
        constraints = [
            models.UniqueConstraint(
                fields=[f"slug_{language}"],
                condition=~models.Q(**{f"slug_{language}": ""}),
                name=f"topic_address_once_in_{language}",
            )
            for language in ("fr", "en")
        ]

    def __str__(self) -> str:
        return self.name or self.name_fr or self.name_en

    def clean(self) -> None:
        super().clean()
        if not self.name_fr and not self.name_en:
            raise ValidationError({"name_fr": _("Give the topic a name in at least one language.")})
        errors: dict[str, Any] = {}
        for language in ("fr", "en"):
            if bool(getattr(self, f"name_{language}")) != bool(getattr(self, f"slug_{language}")):
                errors[f"slug_{language}"] = _("A name and an address go together.")
            elif self._is_taken(f"slug_{language}"):
                errors[f"slug_{language}"] = _("Another topic has this address.")
        if errors:
            raise ValidationError(errors)

    def _is_taken(self, field: str) -> bool:
        others = Topic.objects.exclude(pk=self.pk)
        return bool(getattr(self, field)) and others.filter(**{field: getattr(self, field)}).exists()

    @property
    def name(self) -> str:
        """In the interface's language; empty where the topic does not exist in it."""
        return in_current_language(self, "name")

    @property
    def slug(self) -> str:
        """In the interface's language; empty where the topic does not exist in it."""
        return in_current_language(self, "slug")
