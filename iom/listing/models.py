from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from pyroaring import BitMap
from wagtail.models import Locale, Page


def is_shown(page: str, now: Any = None) -> models.Q:
    """Returns the condition that a listed page is live and has not expired. `page`: a prefix (`entry__page__`)."""
    now = now or timezone.now()
    not_expired = models.Q(**{f"{page}expire_at": None}) | models.Q(**{f"{page}expire_at__gt": now})
    return not_expired & models.Q(**{f"{page}live": True})


class EntryQuerySet(models.QuerySet["Entry"]):
    def shown(self) -> "EntryQuerySet":
        return self.filter(is_shown("page__"))


class Entry(models.Model):
    """A public page: live, no alias, and not private. Only `iom.listing.writing` writes entries."""

    page = models.OneToOneField(Page, primary_key=True, on_delete=models.CASCADE, related_name="listing_entry")
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    translation_key = models.UUIDField(db_index=True)
    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    url_path = models.TextField()
    depth = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=255)
    description = models.TextField()  # for search engines
    summary = models.TextField()  # an article's summary, another page's introduction
    kind = models.CharField(max_length=16)
    scope = models.CharField(max_length=8)
    place = models.CharField(max_length=120)
    office = models.ForeignKey("contacts.Office", null=True, on_delete=models.SET_NULL, related_name="+")
    picture = models.ForeignKey("media.SiteImage", null=True, on_delete=models.SET_NULL, related_name="+")
    countries = models.TextField()  # ISO codes, separated by spaces
    date = models.DateTimeField()  # the sort key of lists
    shown_date = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(null=True)
    corrected_on = models.DateField(null=True)  # the latest correction of an article
    published_at = models.DateTimeField(null=True)
    expire_at = models.DateTimeField(null=True)
    in_menus = models.BooleanField()
    in_footer = models.BooleanField()

    objects = EntryQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["locale", "-corrected_on", "-page"],
                condition=models.Q(corrected_on__isnull=False),
                name="listing_corrected",
            ),
            models.Index(fields=["expire_at"], condition=models.Q(expire_at__isnull=False), name="listing_expiring"),
            models.Index(
                fields=["locale"], condition=models.Q(in_menus=True) | models.Q(in_footer=True), name="listing_menu"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def url(self) -> str:
        return self.url_path

    @property
    def full_url(self) -> str:
        return f"{settings.SITE_URL}{self.url_path}"

    @property
    def country_codes(self) -> list[str]:
        return self.countries.split()


class EntryFacet(models.Model):
    """A value of a facet of an entry, with the entry's sort date."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="facets", db_index=False)
    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    facet = models.CharField(max_length=8)
    value = models.CharField(max_length=100)  # also the name of a model, as long as Django allows
    date = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "facet", "value"], name="facet_value_once_per_entry")]
        indexes = [
            models.Index(fields=["locale", "facet", "value", "-date", "-entry"], name="listing_facet_latest_first")
        ]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


class FacetBitmap(models.Model):
    """The keys of all entries of a language with one value of a facet, for counts and intersections."""

    locale = models.ForeignKey(Locale, on_delete=models.CASCADE, related_name="+", db_index=False)
    facet = models.CharField(max_length=8)
    value = models.CharField(max_length=100)  # also the name of a model, as long as Django allows
    count = models.PositiveIntegerField(default=0)
    data = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["locale", "facet", "value"], name="bitmap_once_per_value")]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"

    @property
    def pages(self) -> BitMap:
        return BitMap.deserialize(bytes(self.data)) if self.data else BitMap()

    @pages.setter
    def pages(self, pages: BitMap) -> None:
        self.data, self.count = pages.serialize(), len(pages)
