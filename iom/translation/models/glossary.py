"""The glossary: a record for each concept, with its term in each language; and findings that are intended."""

import uuid
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.search import index
from wagtail_localize.models import String, Translation, TranslationContext

from iom.names import Name, Named, NamedForm, NameIn

NO_TERM = _("Enter a term in at least one language.")


class ConceptForm(NamedForm):
    nothing_named = NO_TERM


class Concept(Named):
    """A concept, such as an organization or a post, with a term in each language. It has no effect in a language
    without a term. `is_kept` names and addresses are the same in all languages."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # its name in exchanged files
    domain = models.CharField(_("domain"), max_length=80, blank=True)
    status = models.CharField(
        _("status"),
        max_length=8,
        choices=Status,
        default=Status.PROPOSED,
        help_text=_("Checks of translations use approved terms only. The editor also shows proposed terms."),
    )
    is_kept = models.BooleanField(
        _("not to be translated"),
        default=False,
        help_text=_("A name or an address that is the same in all languages. Enter it in one language."),
    )
    note = models.TextField(_("note"), max_length=1000, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    base_form_class = ConceptForm

    local_name = NameIn("Term", "concept")
    default_name = NameIn("Term", "concept", settings.LANGUAGE_CODE)

    class Meta:
        verbose_name = _("glossary entry")
        verbose_name_plural = _("glossary entries")

    search_fields = [index.SearchField("all_forms"), index.AutocompleteField("all_forms")]

    @transaction.atomic
    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves the concept with its terms in one transaction, so that readers see both or neither."""
        super().save(*args, **kwargs)

    @property
    def all_forms(self) -> str:
        """The preferred terms and all others, in all languages."""
        return " · ".join(form for row in self.ordered_names for form in (row.name, *row.others, *row.banned))

    @property
    def kept_in_words(self) -> str:
        return gettext("Yes") if self.is_kept else gettext("No")


Concept.all_forms.fget.short_description = _("Terms")  # type: ignore[attr-defined]
Concept.kept_in_words.fget.short_description = _("Not to be translated")  # type: ignore[attr-defined]


class Term(Name):
    """The terms of a concept in one language: the preferred one, others that are accepted, and wrong ones."""

    concept = ParentalKey(Concept, on_delete=models.CASCADE, related_name="names")
    name = models.CharField(_("term"), max_length=160, blank=True)
    accepted = models.TextField(_("also accepted"), max_length=1000, blank=True, help_text=_("One on each line."))
    forbidden = models.TextField(_("not to be used"), max_length=1000, blank=True, help_text=_("One on each line."))

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        constraints = [models.UniqueConstraint(fields=["concept", "language"], name="term_once_per_language")]

    @property
    def others(self) -> list[str]:
        return _lines(self.accepted)

    @property
    def banned(self) -> list[str]:
        return _lines(self.forbidden)

    def clean(self) -> None:
        super().clean()
        if (self.accepted or self.forbidden) and not self.name:
            raise ValidationError({"name": _("Enter the term in this language too.")})
        if both := [form for form in self.banned if form in (self.name, *self.others)]:
            message = _("“%(term)s” cannot be both a term and not to be used.")
            raise ValidationError({"forbidden": ValidationError(message, params={"term": both[0]})})


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


class Intended(models.Model):
    """A finding of a check that a user has marked as intended, for the present text in both languages (`digest`)."""

    translation = models.ForeignKey(Translation, on_delete=models.CASCADE, related_name="intended")
    context = models.ForeignKey(TranslationContext, on_delete=models.CASCADE, related_name="+")
    string = models.ForeignKey(String, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    digest = models.CharField(max_length=16)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["translation", "digest"], name="intended_once")]

    def __str__(self) -> str:
        return f"{self.translation_id}: {self.code}"
