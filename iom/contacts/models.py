from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import StreamField
from wagtail.search import index

from iom import languages
from iom.contacts.heads import Headed
from iom.contacts.social import SocialAccountBlock
from iom.phones import PhoneField
from iom.values import CheckedValues


def in_current_language(record: models.Model, field_name: str) -> str:
    """`name` → `name_fr` or `name_en`, by the interface's language; empty where that language has none."""
    return getattr(record, f"{field_name}_{(get_language() or settings.LANGUAGE_CODE)[:2]}")


def validate_timezone(name: str) -> None:
    """Raises ValidationError unless `name` is in the IANA time zone database."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Write it in the form Area/City, for example Africa/Cairo."),
            params={"name": name},
        )


def _zone_wanted(country: str, zones: list[str]) -> str:
    """What is asked of whoever leaves the time zone of an office empty."""
    if not country:
        return gettext("Choose a country, or write the time zone.")
    if not zones:
        return gettext("Write the time zone, in the form Area/City.")
    return gettext("The country has several time zones. Write one of these: %(zones)s") % {
        "zones": ", ".join(sorted(zones))
    }


def validate_languages(codes: list[str]) -> None:
    """Raises ValidationError unless every code is one that the site knows."""
    unknown = [code for code in codes if code not in languages.CODES]
    if unknown:
        raise ValidationError(_("Unknown languages: %(codes)s"), params={"codes": ", ".join(unknown)})


class Office(CheckedValues, index.Indexed, Headed, ClusterableModel):
    """An office of the organisation: one record for all languages, with its name in each."""

    class Kind(models.TextChoices):
        HEADQUARTERS = "headquarters", _("Headquarters")
        REGIONAL = "regional", _("Regional office")
        COUNTRY = "country", _("Country office")
        LIAISON = "liaison", _("Liaison office")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    name_fr = models.CharField(_("name in French"), max_length=160)
    name_en = models.CharField(_("name in English"), max_length=160)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent office"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
        help_text=_("Answers the press where this office has no email address or telephone of its own."),
    )
    country = CountryField(_("country"), blank=True)
    city_fr = models.CharField(_("city in French"), max_length=80, blank=True)
    city_en = models.CharField(_("city in English"), max_length=80, blank=True)
    address = models.TextField(_("address"), blank=True)
    email = models.EmailField(_("email address"), blank=True)
    phone = PhoneField(_("telephone"), blank=True, help_text=_("With its country code, for example +41 22 717 91 11."))
    timezone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        validators=[validate_timezone],
        help_text=_("As the IANA database names it, for example Africa/Cairo. If empty, that of the country."),
    )

    search_fields = [
        index.SearchField("name_fr"),
        index.SearchField("name_en"),
        index.AutocompleteField("name_fr"),
        index.AutocompleteField("name_en"),
    ]

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")
        ordering = ["name_fr"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        super().clean()
        if self.parent is not None and self in self.parent.upwards():
            raise ValidationError({"parent": _("An office cannot stand above itself.")})
        if not self.timezone:
            zones = get_global("territory_zones").get(str(self.country), [])
            if len(zones) != 1:
                raise ValidationError({"timezone": _zone_wanted(str(self.country), zones)})
            self.timezone = zones[0]

    def upwards(self) -> Iterator["Office"]:
        """The office and those above it, each once, even where the database has them in a circle."""
        office: Office | None = self
        seen = set[Any]()
        while office is not None and office.pk not in seen:
            yield office
            seen.add(office.pk)
            office = office.parent

    @property
    def name(self) -> str:
        """In the interface's language."""
        return in_current_language(self, "name")

    @property
    def city(self) -> str:
        """In the interface's language."""
        return in_current_language(self, "city")

    @property
    def answers(self) -> bool:
        """Whether the press can reach it."""
        return bool(self.email or self.phone)

    @property
    def utc_offset(self) -> str:
        """The office's present distance from UTC, for example `UTC+2` or `UTC−3:30`; empty where it is not known."""
        if not self.timezone:
            return ""
        minutes = int(datetime.now(ZoneInfo(self.timezone)).utcoffset().total_seconds() // 60)  # type: ignore[union-attr]
        hours, rest = divmod(abs(minutes), 60)
        sign = "−" if minutes < 0 else "+"
        return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "") if minutes else "UTC"


class OfficeStaff(models.Model):
    """Which office a user works for: the issuing office of what the user writes."""

    office = ParentalKey(Office, on_delete=models.CASCADE, related_name="staff")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="posting"
    )

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")

    def __str__(self) -> str:
        return str(self.user)


class PressContact(CheckedValues, index.Indexed, models.Model):
    """Whom journalists reach: a person, or without a name the press service of an office."""

    class Role(models.TextChoices):
        SPOKESPERSON = "spokesperson", _("Spokesperson")
        PRESS_OFFICER = "press-officer", _("Press officer")
        COMMUNICATIONS_OFFICER = "communications-officer", _("Communications officer")
        MEDIA_UNIT = "media-unit", _("Press office")

    name = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        help_text=_("The person’s name. Leave empty for a press service."),
    )
    role = models.CharField(_("role"), max_length=24, choices=Role, default=Role.PRESS_OFFICER)
    office = models.ForeignKey(Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="contacts")
    email = models.EmailField(_("email address"), blank=True)
    phone = PhoneField(_("telephone"), blank=True, help_text=_("With its country code, for example +41 22 717 91 11."))
    languages = models.JSONField(_("languages spoken"), default=list, blank=True, validators=[validate_languages])
    in_post_until = models.DateField(
        _("in post until"),
        null=True,
        blank=True,
        help_text=_("After this day the office answers instead, on every page."),
    )

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.RelatedFields("office", [index.SearchField("name_fr"), index.SearchField("name_en")]),
    ]

    class Meta:
        verbose_name = _("press contact")
        verbose_name_plural = _("press contacts")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.name or self.get_role_display()} · {self.office}"

    def clean(self) -> None:
        super().clean()
        if not self.email and not self.phone:
            raise ValidationError({"email": _("Give an email address or a telephone number.")})

    def is_in_post(self, day: date | None = None) -> bool:
        """Whether the contact still answers on `day` (today in Zurich where none is given)."""
        return self.in_post_until is None or self.in_post_until >= (day or timezone.localdate())

    def card(self) -> "ContactCard | None":
        """What a contact box shows: the contact; once it has left, whoever answers instead. None where nobody does."""
        if self.is_in_post():
            return ContactCard(
                self.office,
                self.email,
                self.phone,
                self.name,
                str(self.get_role_display()),
                list(self.languages),
            )
        office = next((office for office in self.office.upwards() if office.answers), None)
        office = office or ContactSettings.current().press_office
        return ContactCard(office, office.email, office.phone) if office else None


@dataclass(frozen=True)
class ContactCard:
    """Who answers the press, as a contact box prints it. `name` and `role` are empty where an office answers."""

    office: Office
    email: str
    phone: str
    name: str = ""
    role: str = ""
    languages: list[str] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """The name, else the role, else the office."""
        return self.name or self.role or self.office.name

    @property
    def spoken(self) -> str:
        """The languages spoken, in words of the interface's language."""
        return ", ".join(languages.name(code) for code in self.languages)


@register_setting(icon="mail")
class ContactSettings(CheckedValues, BaseGenericSetting):
    """The office that answers the press where no other does."""

    press_office = models.ForeignKey(
        Office,
        verbose_name=_("press office"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Answers for every contact who has left and whose office cannot be reached."),
    )
    social_accounts = StreamField(
        [("account", SocialAccountBlock())],
        verbose_name=_("accounts on social networks"),
        blank=True,
        help_text=_("Linked at the foot of every page, in this order."),
    )

    class Meta:
        verbose_name = _("contacts of the site")

    @classmethod
    def current(cls) -> "ContactSettings":
        """The record with its office, in one query. `load()` would write it where there is none, even for a reader."""
        return cls.objects.select_related("press_office").first() or cls()


def with_office(queryset: models.QuerySet[PressContact]) -> models.QuerySet[PressContact]:
    """The contacts with their office and the offices above it, in the same query."""
    return queryset.select_related("office__parent__parent")


def cards(contacts: list[PressContact]) -> list[ContactCard]:
    """A card for each, an office never twice."""
    unique: dict[Any, ContactCard] = {}
    for contact in contacts:
        card = contact.card()
        if card:
            unique.setdefault((card.name, card.role, card.office.pk), card)
    return list(unique.values())
