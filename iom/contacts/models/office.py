from bisect import bisect_left
from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

from babel.core import get_global
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField
from modelcluster.fields import ParentalKey

from iom.caching.version import cached_per_version, changes_by_clock, midnight
from iom.names import Name, Named, NameIn
from iom.phones import PhoneField


class Gender(models.TextChoices):
    """The grammatical gender of a person's French title."""

    FEMININE = "f", _("feminine")
    MASCULINE = "m", _("masculine")


# The title of the head in both genders, by the kind of office. The posts of headquarters are `StructurePage`s.
_HEAD_TITLES: dict[str, dict[str, Promise]] = {
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


def validate_timezone(name: str) -> None:
    """Raises ValidationError unless `name` is in the IANA time zone database."""
    if name not in available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Enter it in the form Area/City, for example Africa/Cairo."),
            params={"name": name},
        )


def _time_zone_error(country: str, zones: list[str]) -> str:
    """Returns the error message for an empty time zone that the country does not determine."""
    if not country:
        return gettext("Choose a country or enter the time zone.")
    if not zones:
        return gettext("Enter the time zone in the form Area/City.")
    return gettext("The country has several time zones. Enter one of these: %(zones)s") % {
        "zones": ", ".join(sorted(zones))
    }


class Office(Named):
    """An office of the organization: one record for all languages, with a name in each."""

    class Kind(models.TextChoices):
        HEADQUARTERS = "headquarters", _("Headquarters")
        REGIONAL = "regional", _("Regional office")
        COUNTRY = "country", _("Country office")
        LIAISON = "liaison", _("Liaison office")

    kind = models.CharField(_("type"), max_length=12, choices=Kind)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent office"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="children",
        help_text=_("Shown to the press if this office has no email address and no telephone number."),
    )
    country = CountryField(_("country"), blank=True)
    address = models.TextField(_("address"), blank=True)
    email = models.EmailField(_("email address"), blank=True)
    phone = PhoneField(_("telephone"), blank=True, help_text=_("With the country code, for example +41 22 717 91 11."))
    timezone = models.CharField(
        _("time zone"),
        max_length=40,
        blank=True,
        validators=[validate_timezone],
        help_text=_(
            "In the form Area/City, for example Africa/Cairo. Leave empty to use the time zone of the country."
        ),
    )

    head_name = models.CharField(
        _("name"),
        max_length=120,
        blank=True,
        help_text=_("Leave empty if no name is to be shown."),
    )
    head_gender = models.CharField(
        _("grammatical gender"),
        max_length=1,
        choices=Gender,
        blank=True,
        help_text=_("Used for the title in French."),
    )
    head_is_acting = models.BooleanField(_("ad interim"), default=False)
    head_is_vacant = models.BooleanField(
        _("vacant"),
        default=False,
        db_default=False,  # during a deployment, the previous release still inserts offices without it
        help_text=_("The page of the country says that nobody holds the post."),
    )

    needs_default_name = True
    local_name = NameIn("OfficeName", "office")
    default_name = NameIn("OfficeName", "office", settings.LANGUAGE_CODE)

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("offices")

    def clean(self) -> None:
        super().clean()
        if self.head_name and self.kind in _HEAD_TITLES and not self.head_gender:
            raise ValidationError({"head_gender": _("Choose one: the title in French depends on it.")})
        if self.head_is_acting and not self.head_name:
            raise ValidationError({"head_name": _("Enter the name of the person who holds the post ad interim.")})
        if self.head_is_vacant and self.head_name:
            raise ValidationError(
                {"head_is_vacant": _("A vacant post has no post holder. Delete the name or untick this box.")}
            )
        if self.parent is not None and self in self.parent.upwards():
            text = _("This office would be its own parent office. Choose another office.")
            raise ValidationError({"parent": text})
        if not self.timezone:
            zones = get_global("territory_zones").get(str(self.country), [])
            if len(zones) != 1:
                raise ValidationError({"timezone": _time_zone_error(str(self.country), zones)})
            self.timezone = zones[0]

    def upwards(self) -> Iterator["Office"]:
        """Yields the office and its parents, each once, even if they form a circle."""
        office: Office | None = self
        seen = set[int]()
        while office is not None and office.pk not in seen:
            yield office
            seen.add(office.pk)
            office = office.parent

    @property
    def name(self) -> str:
        """The name in the interface's language, else in the default language. `shown_name` has its language."""
        return str(self)

    @property
    def city(self) -> str:
        """The city in the language of the name."""
        return self.shown_name.city if self.shown_name else ""

    @property
    def is_reachable(self) -> bool:
        """Whether the press can reach the office."""
        return bool(self.email or self.phone)

    @property
    def utc_offset(self) -> str:
        """The office's current offset from UTC, for example `UTC+2` or `UTC−3:30`; empty without a time zone."""
        if not self.timezone:
            return ""
        minutes = int(datetime.now(ZoneInfo(self.timezone)).utcoffset().total_seconds() // 60)  # type: ignore[union-attr]
        hours, rest = divmod(abs(minutes), 60)
        sign = "−" if minutes < 0 else "+"
        return f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "") if minutes else "UTC"

    @property
    def head_title(self) -> str:
        """« Cheffe de mission » or « Chef de mission », in the interface's language; empty for headquarters."""
        return str(_HEAD_TITLES[self.kind][self.head_gender]) if self.head_gender and self.kind in _HEAD_TITLES else ""

    @property
    def is_vacant(self) -> bool:
        """Whether the post of head is marked as vacant. An empty name alone does not mean that it is vacant."""
        return self.head_is_vacant and self.kind in _HEAD_TITLES


class OfficeName(Name):
    """The name of an office and of its city in one language."""

    office = ParentalKey(Office, on_delete=models.CASCADE, related_name="names")
    city = models.CharField(_("city"), max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["office", "language"], name="office_name_once_per_language")]

    def clean(self) -> None:
        super().clean()
        if self.city and not self.name:
            raise ValidationError({"name": _("Enter the name of the office in this language too.")})


@cached_per_version
def offices_by_key() -> dict[int, Office]:
    """Returns all offices with their names and the offices above them. One query."""
    offices = {office.pk: office for office in Office.objects.all()}
    for office in offices.values():
        office.parent = offices.get(office.parent_id or 0)  # `upwards` needs no query
    return offices


@changes_by_clock
def next_offset(now: datetime) -> datetime | None:
    """Returns when the UTC offset of any office changes next before midnight, or None. One query."""
    end = midnight(now)
    names = Office.objects.exclude(timezone="").order_by().values_list("timezone", flat=True).distinct()
    changes = [_next_change(zone, now, end) for zone in map(ZoneInfo, names)]
    return min(filter(None, changes), default=None)


def _next_change(zone: ZoneInfo, begin: datetime, end: datetime) -> datetime | None:
    """Finds the first second with another offset by binary search."""
    before = begin.astimezone(zone).utcoffset()
    if end.astimezone(zone).utcoffset() == before:
        return None
    seconds = range(int(begin.timestamp()), int(end.timestamp()))
    found = bisect_left(seconds, True, key=lambda second: datetime.fromtimestamp(second, zone).utcoffset() != before)
    return datetime.fromtimestamp(seconds.start + found, UTC)


class OfficeStaff(models.Model):
    """The membership of a user in the staff of an office. `iom.contacts.policy` derives permissions from it."""

    office = ParentalKey(Office, on_delete=models.CASCADE, related_name="staff")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="postings"
    )

    class Meta:
        verbose_name = _("member of staff")
        verbose_name_plural = _("staff")
        constraints = [models.UniqueConstraint(fields=["office", "user"], name="person_once_in_an_office")]

    def __str__(self) -> str:
        return str(self.user)
