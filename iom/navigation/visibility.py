"""Which pages a visitor may know of. Every list, menu, switch, feed, sitemap and search goes through `visible`."""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction


def is_private() -> Exists:
    """Whether a page, one above it, or a translation of any of these has a view restriction.

    A text is as private as its translation and the reverse, and as what stands above either, so that neither leaks
    the other.
    """
    restricted_texts = PageViewRestriction.objects.values("page__translation_key")
    path_below = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    on_the_way_up = Page.objects.alias(path_below=path_below).filter(
        translation_key__in=restricted_texts, path_below__startswith=F("path")
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
