"""Which pages a visitor may know of. Every list, menu, switch, feed, sitemap and search goes through `visible`."""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction


def is_private() -> Exists:
    """Whether a page, one above it, or the same of one of its translations has a view restriction.

    A translation is as private as its original and the reverse, so that neither leaks the other.
    """
    path_below = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    on_the_way_up = PageViewRestriction.objects.alias(path_below=path_below).filter(
        path_below__startswith=F("page__path")
    )
    same_text = Page.objects.filter(translation_key=OuterRef("translation_key"))
    return Exists(same_text.filter(Exists(on_the_way_up)))


def is_published() -> Q:
    """Live, not past its expiry (even before the scheduler has taken it down), and no alias of another language."""
    not_expired = Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
    return Q(live=True, alias_of__isnull=True) & not_expired


def visible[PageQuery: QuerySet[Any]](pages: PageQuery) -> PageQuery:
    """Those of `pages` that anyone may see, without another query."""
    return pages.filter(is_published(), ~is_private())
