"""Entries that are stored but not shown, because they have expired or become private without a signal."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone
from pyroaring import BitMap
from wagtail.models import Page

from iom.caching.version import cached_per_version
from iom.listing.models import Entry
from iom.navigation.visibility import restricted_paths


@cached_per_version
def private_entries() -> BitMap:
    """Returns the keys of entries whose pages have become private without a signal."""
    paths = restricted_paths()
    if not paths:
        return BitMap()
    parents = Page.objects.filter(path__in=paths, numchild__gt=0).order_by().values_list("path", flat=True)
    below = reduce(or_, [Q(path__startswith=path) for path in parents], Q(path__in=paths))
    keys = Page.objects.filter(below).order_by().values("translation_key")
    return BitMap(Entry.objects.filter(translation_key__in=keys).values_list("pk", flat=True))


@cached_per_version
def hidden_entries(locale: int) -> BitMap:
    """Returns the keys of the private entries, and of the entries of a language that have expired."""
    expired = Entry.objects.filter(locale=locale, expire_at__lte=timezone.now())
    return BitMap(expired.values_list("pk", flat=True)) | private_entries()
