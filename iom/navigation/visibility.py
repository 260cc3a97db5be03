"""Which pages a visitor may know of. Every list, menu, language switch, feed, sitemap and search uses `visible`."""

from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from iom.caching.version import kept
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


@kept
def restricted_paths() -> frozenset[str]:
    """The tree paths of the pages with a view restriction, and of their translations."""
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
    """Those of `pages` that anyone may see, without another query. `with_expired`: until they are unpublished."""
    return pages.filter(is_live() if with_expired else is_published(), ~is_private())


def _is_let_in(request: HttpRequest, pages: Any) -> bool:
    """Whether one of the pages is shown to the person who asks: signed in, say, or with its password."""
    return any(
        all(restriction.accept_request(request) for restriction in page.get_view_restrictions())
        for page in pages.filter(is_published()).specific()
    )


public.register(Page, visible, _is_let_in)  # and with the pages, the pictures and documents in their texts
