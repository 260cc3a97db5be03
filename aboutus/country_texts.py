from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey

from iom.caching.version import cached_per_version
from iom.core.lead_texts import Illustrated, Lead, LeadText, LeadTextField
from iom.countries import short_name
from iom.names import Name, NameIn
from newsroom.lead_texts import LeadTextForm


class CountryTextForm(LeadTextForm):
    """The country of an existing text cannot be changed: two pages would change without notice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["country"].disabled = True

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not any(getattr(row.instance, row.instance.text_field) for row in self.formsets["names"] if not row.errors):
            raise ValidationError(_("Enter the text in at least one language."))
        return data


class CountryText(Illustrated):
    """The lead text on the page of a country. Its text in a language is the `name` of a row."""

    country = CountryField(_("country"), unique=True)
    local_name = NameIn("CountryTextRow", "record")
    default_name = NameIn("CountryTextRow", "record", settings.LANGUAGE_CODE)

    base_form_class = CountryTextForm
    search_fields = []

    class Meta:
        verbose_name = _("text about a country")
        verbose_name_plural = _("texts about countries")

    def __str__(self) -> str:
        return short_name(str(self.country))


class CountryTextRow(LeadText, Name):
    """The text about a country and the alternative text of its picture, in one language."""

    text_field = "name"

    record = ParentalKey(CountryText, on_delete=models.CASCADE, related_name="names")
    name = LeadTextField(verbose_name=_("text"))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "language"], name="country_text_once_per_language")]


@cached_per_version
def country_lead(code: str, language: str) -> Lead | None:
    """Returns the text about a country in a language, or None. One query."""
    rows = CountryTextRow.objects.filter(record__country=code, language=language)
    row = rows.select_related("record__picture").first()
    return row.lead(row.record) if row else None
