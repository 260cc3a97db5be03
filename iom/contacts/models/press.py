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
from iom.caching.version import cached_per_version, today
from iom.contacts.models.office import Office
from iom.contacts.models.settings import ContactSettings
from iom.names import with_names
from iom.phones import PhoneField
from iom.values import CheckedValues

# For `select_related`: the office of a contact and those above it, with their names.
OFFICES = with_names("office", "office__parent", "office__parent__parent")


def validate_languages(codes: list[str]) -> None:
    """Raises ValidationError unless the site knows every code."""
    unknown = [code for code in codes if code not in languages.codes()]
    if unknown:
        raise ValidationError(_("Unknown languages: %(codes)s"), params={"codes": ", ".join(unknown)})


class PressContactManager(models.Manager["PressContact"]):
    """Selects the contacts with their office and the offices above it in one query."""

    def get_queryset(self) -> QuerySet["PressContact"]:
        return super().get_queryset().select_related(*OFFICES)


class PressContact(CheckedValues, index.Indexed, models.Model):
    """A media contact: a person, or without a name the press service of an office."""

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
    # Only for a contact that an import has created and nobody has saved: true while no public text names it
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
        """Whether the contact is still in post on `day`, by default today."""
        return self.in_post_until is None or self.in_post_until >= (day or today())

    @property
    def is_public(self) -> bool:
        """Whether the page of media contacts lists the contact, and it has a vCard. The same as `public_contacts`."""
        if self.waits or not self.is_in_post():
            return False
        return bool(self.office.country or self.office_id == ContactSettings.current().press_office_id)

    @property
    def vcard_url(self) -> str:
        """The address of the vCard in the interface's language."""
        return reverse("vcard", args=[self.pk])

    def card(self) -> "ContactCard | None":
        """Returns the card of the contact, or of an office once the contact has left; None without such an office."""
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
    """The content of a contact box. `name` and `role` are empty for an office, `vcard_url` without vCard."""

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
        """The names of the languages spoken, in the interface's language."""
        return ", ".join(languages.name(code) for code in self.languages)


def office_card(office: Office | None) -> ContactCard | None:
    """Returns a card of the office, else of the nearest above it with contact details, else of the press office."""
    found = next((parent for parent in office.upwards() if parent.is_reachable), None) if office else None
    found = found or ContactSettings.current().press_office
    return ContactCard(found, found.email, found.phone) if found else None


def cards(contacts: list[PressContact]) -> list[ContactCard]:
    """Returns the cards of contacts without duplicates: several contacts may have left the same office."""
    return unique_cards(card for contact in contacts if (card := contact.card()))


def unique_cards(found: Iterable[ContactCard]) -> list[ContactCard]:
    """Removes duplicate cards, and keeps the order."""
    by_key: dict[tuple[str, str, int], ContactCard] = {}
    for card in found:
        by_key.setdefault((card.name, card.role, card.office.pk), card)
    return list(by_key.values())


@cached_per_version
def press_contacts_by_key() -> dict[int, PressContact]:
    """Returns all contacts by key, with their offices and those above them. One query."""
    return PressContact.objects.order_by().in_bulk()


def press_contacts() -> QuerySet[PressContact]:
    """Returns the contacts in post today that readers may see, press services before persons."""
    return contacts_in_post().exclude(waits=True)


def contacts_in_post() -> QuerySet[PressContact]:
    """Returns all contacts in post today, also those that only drafts name, press services before persons."""
    in_post = Q(in_post_until__isnull=True) | Q(in_post_until__gte=today())
    rank = Case(When(role=PressContact.Role.MEDIA_UNIT, then=Value(0)), default=Value(1))
    return PressContact.objects.filter(in_post).order_by(rank, "pk")


def public_contacts() -> QuerySet[PressContact]:
    """Returns the contacts of offices in a country and of the press office. Only articles show the others."""
    of_the_press_office = Q(office__in=ContactSettings.objects.values("press_office"))
    return press_contacts().filter(~Q(office__country="") | of_the_press_office)
