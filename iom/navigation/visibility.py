"""Decides which pages visitors may know of: lists, menu, language switch, feeds, sitemap, search follow `visible`."""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from iom.caching.version import cached_per_version
from iom.media import public


def is_below_private() -> Exists:
    """Whether the page, an ancestor, or a translation of one of these has a view restriction."""
    restricted_texts = PageViewRestriction.objects.values("page__translation_key")
    path_below = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    return Exists(
        Page.objects.alias(path_below=path_below).filter(
            translation_key__in=restricted_texts, path_below__startswith=F("path")
        )
    )


def is_private() -> Exists:
    """Whether the page, an ancestor, a translation, or an ancestor of a translation has a view restriction.

    A page is as private as its translations and their ancestors, so that none of them reveals another.
    """
    return Exists(Page.objects.filter(is_below_private(), translation_key=OuterRef("translation_key")))


@cached_per_version
def restricted_paths() -> frozenset[str]:
    """Returns the tree paths of the pages with a view restriction, and of their translations."""
    restricted_texts = PageViewRestriction.objects.values("page__translation_key")
    pages = Page.objects.filter(translation_key__in=restricted_texts).order_by()
    return frozenset(pages.values_list("path", flat=True))


def is_live() -> Q:
    """Live, and no alias."""
    return Q(live=True, alias_of__isnull=True)


def is_published() -> Q:
    """Live, not expired (even if the scheduler has not unpublished it yet), and no alias."""
    not_expired = Q(expire_at__isnull=True) | Q(expire_at__gt=timezone.now())
    return is_live() & not_expired


def visible[PageQuery: QuerySet[Any]](pages: PageQuery, *, with_expired: bool = False) -> PageQuery:
    """Filters `pages` to those that anyone may see. `with_expired`: and expired ones that are still published."""
    return pages.filter(is_live() if with_expired else is_published(), ~is_private())


def _has_access(request: HttpRequest, pages: Any) -> bool:
    """Whether the request may see one of the pages, for instance as a signed-in user or with its password."""
    return any(
        all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
        for page in pages.filter(is_published()).specific()
    )


public.register(Page, visible, _has_access)  # a visible page makes its pictures and documents public
