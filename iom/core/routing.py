"""Finds the page of an address in one query; Wagtail's own routing needs two for each level of the tree."""

import pickle
from functools import cache, partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail import hooks, views
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from iom.caching.version import cached_per_version
from iom.navigation.translation_tree import HOME_DEPTH, TranslationTree, sections
from iom.statements import Parameter, Statement
from iom.withdrawal.responses import response_at

# The limits of Wagtail's columns: no page has a longer path or slug.
_MAX_DEPTH = Page._meta.get_field("path").max_length // Page.steplen
_MAX_SLUG_LENGTH = Page._meta.get_field("slug").max_length


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view with the route of the page's stored address. Answers 410 at the address of a withdrawn text."""
    route = resolve(request, path)
    if route is None and (gone := response_at(request)):
        return gone
    request._wagtail_route_for_request = route  # type: ignore[attr-defined]
    return views.serve(request, path)


def resolve(request: HttpRequest, path: str) -> RouteResult | None:
    """Finds the deepest page whose address is the beginning of `path`, and lets it route the rest.

    Returns Wagtail's RouteResult (page, args, kwargs), or None if there is no such page. The hook
    `construct_served_pages(queryset)` can change the query of the page.
    """
    components = [get_language() or "", *(component for component in path.split("/") if component)]
    if len(components) > _MAX_DEPTH or max(map(len, components)) > _MAX_SLUG_LENGTH:
        return None
    addresses = [f"/{'/'.join(components[:end])}/" for end in range(1, len(components) + 1)]
    sections_by_url = sections().by_url
    depth = next((end for end in range(len(components), 0, -1) if addresses[end - 1] in sections_by_url), 0)
    section = sections_by_url[addresses[depth - 1]] if depth else None
    rest = components[depth:]
    page = None
    if rest and section and rest[0] not in _get_routes(section.content_type, section.pk):
        page = _find_below(section.content_type, addresses[depth], rest[0])
    if page is None and section:
        page = _load_section(section.content_type, section.pk)
    if page is None:
        return None
    try:
        return page.route(request, components[page.depth - HOME_DEPTH + 1 :])
    except Http404:
        return None


def _load_section(content_type: int, pk: int) -> Any:
    """Returns a new copy of the cached page, because a page loads more records while it is served."""
    return pickle.loads(_pickle_section(content_type, pk))  # noqa: S301  (pickled by this process)


@cached_per_version
def _pickle_section(content_type: int, pk: int) -> bytes:
    model: Any = ContentType.objects.get_for_id(content_type).model_class()
    return pickle.dumps(_get_served_pages(model).filter(pk=pk).first())


@cached_per_version
def _get_routes(content_type: int, pk: int) -> frozenset[str]:
    """Returns the routes that a section serves below itself. No page has such an address."""
    page = _load_section(content_type, pk)
    return frozenset(page.own_routes()) if page else frozenset()


def _find_below(content_type: int, address: str, slug: str) -> Any:
    """Returns the page with this address, of a type without subpages, with its translations; None if there is none.

    `content_type` is that of the section above it, which determines the possible types. The query filters by slug,
    which is indexed, and then by address, which is not.
    """
    for statement in _get_leaf_statements(ContentType.objects.get_for_id(content_type).model_class()):
        pages = statement(slug=slug, address=address)
        for page in pages:
            if page.url_path == address:
                page.translation_tree = TranslationTree(page, sections().texts_of(pages))
                return page
    return None


@cache
def _get_leaf_statements(parent: Any) -> list[Statement[Any]]:
    """Returns a statement for each type of pages that `parent` allows and that allows no subpages."""
    slug, address = Parameter("slug", models.SlugField()), Parameter("address", models.TextField())
    text = Page.objects.filter(slug=slug, url_path=address).values("translation_key")
    leaf_types = [model for model in parent.allowed_subpage_models() if not model.allowed_subpage_models()]
    return [Statement(partial(_get_served_pages(model).filter, translation_key__in=text)) for model in leaf_types]


def _get_served_pages(model: Any) -> Any:
    pages: Any = model.for_serving()
    for construct in hooks.get_hooks("construct_served_pages"):
        pages = construct(pages)
    return pages
