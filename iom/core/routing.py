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

from iom.caching.version import kept
from iom.navigation.translation_tree import HOME_DEPTH, TranslationTree, sections
from iom.statements import Given, Statement
from iom.withdrawal.public import answer_at

# No page is deeper in the tree, and no part of an address is longer.
_DEEPEST = Page._meta.get_field("path").max_length // Page.steplen
_LONGEST_SLUG = Page._meta.get_field("slug").max_length


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view, with the route found by the page's stored address; 410 where a withdrawn text stood."""
    found = resolve(request, path)
    if found is None and (gone := answer_at(request)):
        return gone
    request._wagtail_route_for_request = found  # type: ignore[attr-defined]
    return views.serve(request, path)


def resolve(request: HttpRequest, path: str) -> RouteResult | None:
    """Finds the deepest page whose address begins `path`, and lets it route the rest.

    Returns Wagtail's RouteResult (page, args, kwargs), or None where there is no such page. The hook
    `construct_served_pages(queryset)` adds to the query of the page.
    """
    components = [get_language() or "", *(component for component in path.split("/") if component)]
    if len(components) > _DEEPEST or max(map(len, components)) > _LONGEST_SLUG:
        return None
    addresses = [f"/{'/'.join(components[:end])}/" for end in range(1, len(components) + 1)]
    known = sections().by_url
    depth = next((end for end in range(len(components), 0, -1) if addresses[end - 1] in known), 0)
    section = known[addresses[depth - 1]] if depth else None
    rest = components[depth:]
    page = None
    if rest and section and rest[0] not in _routes(section.content_type, section.pk):
        page = _below(section.content_type, addresses[depth], rest[0])
    if page is None and section:
        page = _section(section.content_type, section.pk)
    if page is None:
        return None
    try:
        return page.route(request, components[page.depth - HOME_DEPTH + 1 :])
    except Http404:
        return None


def _section(content_type: int, pk: int) -> Any:
    """The page as it has been loaded: what it loads while it is served is not kept."""
    return pickle.loads(_pickled(content_type, pk))  # noqa: S301  (our own, in this process)


@kept
def _pickled(content_type: int, pk: int) -> bytes:
    model: Any = ContentType.objects.get_for_id(content_type).model_class()
    return pickle.dumps(_served(model).filter(pk=pk).first())


@kept
def _routes(content_type: int, pk: int) -> frozenset[str]:
    """What a section has below it that is no page; no page has such an address."""
    page = _section(content_type, pk)
    return frozenset(page.own_routes()) if page else frozenset()


def _below(content_type: int, address: str, slug: str) -> Any:
    """The page with this address, of a type that has no pages below it; None where there is none.

    `content_type` is that of the section above it, which says what types may stand there.
    It comes with its translations. The slug is indexed and the address is not: the first narrows, the second decides.
    """
    for statement in _leaves(ContentType.objects.get_for_id(content_type).model_class()):
        pages = statement(slug=slug, address=address)
        for page in pages:
            if page.url_path == address:
                page.translation_tree = TranslationTree(page, sections().of(pages))
                return page
    return None


@cache
def _leaves(parent: Any) -> list[Statement[Any]]:
    """For each type of pages below `parent` that have none below them."""
    slug, address = Given("slug", models.SlugField()), Given("address", models.TextField())
    text = Page.objects.filter(slug=slug, url_path=address).values("translation_key")
    types = [model for model in parent.allowed_subpage_models() if not model.allowed_subpage_models()]
    return [Statement(partial(_served(model).filter, translation_key__in=text)) for model in types]


def _served(model: Any) -> Any:
    pages: Any = model.for_serving()
    for construct in hooks.get_hooks("construct_served_pages"):
        pages = construct(pages)
    return pages
