"""Who heads an office, with a title that agrees with the person. iom.contacts.models.Office is built on it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Gender(models.TextChoices):
    FEMININE = "f", _("feminine")
    MASCULINE = "m", _("masculine")


# Kind of office → the title in both genders. Headquarters has none: its posts are pages of the structure.
_TITLES: dict[str, dict[str, Any]] = {
    "country": {
        Gender.FEMININE: pgettext_lazy("feminine", "Chief of Mission"),
        Gender.MASCULINE: pgettext_lazy("masculine", "Chief of Mission"),
    },
    "regional": {
        Gender.FEMININE: pgettext_lazy("feminine", "Regional Director"),
        Gender.MASCULINE: pgettext_lazy("masculine", "Regional Director"),
    },
    "liaison": {
        Gender.FEMININE: pgettext_lazy("feminine", "Head of Office"),
        Gender.MASCULINE: pgettext_lazy("masculine", "Head of Office"),
    },
}


class Headed(models.Model):
    """What an office says of its head. The kind of office gives the title."""

    head_name = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        help_text=_("Leave empty while nobody holds the post: the page of the country says that it is vacant."),
    )
    head_gender = models.CharField(
        _("grammatical gender"),
        max_length=1,
        choices=Gender,
        blank=True,
        help_text=_("French titles agree with it."),
    )
    head_is_acting = models.BooleanField(_("ad interim"), default=False)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.head_name and self._has_post() and not self.head_gender:
            raise ValidationError({"head_gender": _("Choose one: the French title agrees with it.")})
        if self.head_is_acting and not self.head_name:
            raise ValidationError({"head_name": _("Write who holds the post ad interim.")})

    def _has_post(self: Any) -> bool:
        """Whether the head of such an office has a title of office."""
        return self.kind in _TITLES

    @property
    def head_title(self: Any) -> str:
        """« Cheffe de mission » or « Chef de mission », in the interface's language; empty for headquarters."""
        return str(_TITLES[self.kind][self.head_gender]) if self._has_post() and self.head_gender else ""

    @property
    def is_vacant(self) -> bool:
        """Whether the office should have a head and has none."""
        return self._has_post() and not self.head_name
