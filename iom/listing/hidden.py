"""Entries that are stored and not shown: they have expired, or have become private without a signal."""

from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils import timezone
from pyroaring import BitMap
from wagtail.models import Page

from iom.caching.version import kept
from iom.listing.models import Entry
from iom.navigation.visibility import restricted_paths


@kept
def private() -> BitMap:
    """The entries of pages that have become private without a signal."""
    paths = restricted_paths()
    if not paths:
        return BitMap()
    parents = Page.objects.filter(path__in=paths, numchild__gt=0).order_by().values_list("path", flat=True)
    below = reduce(or_, [Q(path__startswith=path) for path in parents], Q(path__in=paths))
    keys = Page.objects.filter(below).order_by().values("translation_key")
    return BitMap(Entry.objects.filter(translation_key__in=keys).values_list("pk", flat=True))


@kept
def hidden_in(locale: int) -> BitMap:
    """These, and the entries of the language that have expired."""
    expired = Entry.objects.filter(locale=locale, expire_at__lte=timezone.now())
    return BitMap(expired.values_list("pk", flat=True)) | private()
