from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Case, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.search import index

from iom import languages
from iom.caching.version import kept, today
from iom.contacts.models.office import Office
from iom.contacts.models.settings import ContactSettings
from iom.names import with_names
from iom.phones import PhoneField
from iom.values import CheckedValues

# What `select_related` needs to show a contact: its office and those above it, with their names.
OFFICES = with_names("office", "office__parent", "office__parent__parent")


def validate_languages(codes: list[str]) -> None:
    """Raises ValidationError unless every code is one that the site knows."""
    unknown = [code for code in codes if code not in languages.codes()]
    if unknown:
        raise ValidationError(_("Unknown languages: %(codes)s"), params={"codes": ", ".join(unknown)})


class PressContactManager(models.Manager["PressContact"]):
    """The contacts with their office and the offices above it, in the same query."""

    def get_queryset(self) -> QuerySet["PressContact"]:
        return super().get_queryset().select_related(*OFFICES)


class PressContact(CheckedValues, index.Indexed, models.Model):
    """Whom journalists contact: a person, or without a name the press service of an office."""

    class Role(models.TextChoices):
        SPOKESPERSON = "spokesperson", _("Spokesperson")
        PRESS_OFFICER = "press-officer", _("Press officer")
        COMMUNICATIONS_OFFICER = "communications-officer", _("Public information officer")
        MEDIA_UNIT = "media-unit", _("Press office")

    name = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        help_text=_("The name of the person. Leave empty for a press office."),
    )
    role = models.CharField(_("role"), max_length=24, choices=Role, default=Role.PRESS_OFFICER)
    office = models.ForeignKey(Office, verbose_name=_("office"), on_delete=models.PROTECT, related_name="contacts")
    email = models.EmailField(_("email address"), blank=True)
    phone = PhoneField(_("telephone"), blank=True, help_text=_("With the country code, for example +41 22 717 91 11."))
    languages = models.JSONField(_("languages spoken"), default=list, blank=True, validators=[validate_languages])
    in_post_until = models.DateField(
        _("in post until"),
        null=True,
        blank=True,
        help_text=_("After this date, all pages show the office instead."),
    )
    # Of a contact that an import has made and nobody has saved: true while no text that names it is public
    waits = models.BooleanField(null=True, editable=False)

    objects = PressContactManager()

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.RelatedFields("office", [index.SearchField("all_names")]),
    ]

    class Meta:
        verbose_name = _("media contact")
        verbose_name_plural = _("media contacts")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return f"{self.name or self.get_role_display()} · {self.office}"

    def clean(self) -> None:
        super().clean()
        if not self.email and not self.phone:
            raise ValidationError({"email": _("Enter an email address or a telephone number.")})

    def is_in_post(self, day: date | None = None) -> bool:
        """Whether the contact still answers on `day` (today where none is given)."""
        return self.in_post_until is None or self.in_post_until >= (day or today())

    @property
    def is_public(self) -> bool:
        """Whether the page of media contacts lists the contact, and its vCard may be had; see `public_contacts`."""
        if self.waits or not self.is_in_post():
            return False
        return bool(self.office.country or self.office_id == ContactSettings.current().press_office_id)

    @property
    def vcard_url(self) -> str:
        """In the interface's language."""
        return reverse("vcard", args=[self.pk])

    def card(self) -> "ContactCard | None":
        """What a contact box shows: the contact, or whoever answers once it has left. None where nobody does."""
        if self.is_in_post():
            return ContactCard(
                self.office,
                self.email,
                self.phone,
                self.name,
                str(self.get_role_display()),
                list(self.languages),
                self.vcard_url if self.is_public else "",
            )
        return office_card(self.office)


@dataclass(frozen=True)
class ContactCard:
    """Who answers the press, as a contact box prints it. `name` and `role` are empty where an office answers.

    `vcard_url`: empty where there is no vCard.
    """

    office: Office
    email: str
    phone: str
    name: str = ""
    role: str = ""
    languages: list[str] = field(default_factory=list)
    vcard_url: str = ""

    @property
    def heading(self) -> str:
        """The name, else the role, else the office."""
        return self.name or self.role or self.office.name

    @property
    def spoken(self) -> str:
        """The languages spoken, in words of the interface's language."""
        return ", ".join(languages.name(code) for code in self.languages)


def office_card(office: Office | None) -> ContactCard | None:
    """The office, else the nearest above it that the press can reach, else the press office; None without any."""
    found = next((one for one in office.upwards() if one.answers), None) if office else None
    found = found or ContactSettings.current().press_office
    return ContactCard(found, found.email, found.phone) if found else None


def cards(contacts: list[PressContact]) -> list[ContactCard]:
    """A card for each contact, without duplicates: several contacts may have left the same office."""
    return unique(card for contact in contacts if (card := contact.card()))


def unique(found: Iterable[ContactCard]) -> list[ContactCard]:
    """Each card once, in their order."""
    by_key: dict[tuple[str, str, int], ContactCard] = {}
    for card in found:
        by_key.setdefault((card.name, card.role, card.office.pk), card)
    return list(by_key.values())


@kept
def press_contacts_by_key() -> dict[int, PressContact]:
    """All of them, with the offices that answer for them. One query."""
    return PressContact.objects.order_by().in_bulk()


def press_contacts() -> QuerySet[PressContact]:
    """Those in post today of whom readers may know, press services before persons."""
    return contacts_in_post().exclude(waits=True)


def contacts_in_post() -> QuerySet[PressContact]:
    """The same, with those of whom only drafts speak."""
    in_post = Q(in_post_until__isnull=True) | Q(in_post_until__gte=today())
    rank = Case(When(role=PressContact.Role.MEDIA_UNIT, then=Value(0)), default=Value(1))
    return PressContact.objects.filter(in_post).order_by(rank, "pk")


def public_contacts() -> QuerySet[PressContact]:
    """Those in post of offices in a country, and of the press office. Others are shown where an article names them."""
    of_the_press_office = Q(office__in=ContactSettings.objects.values("press_office"))
    return press_contacts().filter(~Q(office__country="") | of_the_press_office)
