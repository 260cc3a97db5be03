"""Finds the page of an address in two queries; Wagtail's own routing needs two for each level of the tree."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Value
from django.db.models.functions import Left, Length
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail import hooks, views
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from iom.navigation.translation_tree import HOME_DEPTH

# No page is deeper in the tree, and no part of an address is longer.
_DEEPEST = Page._meta.get_field("path").max_length // Page.steplen
_LONGEST_SLUG = Page._meta.get_field("slug").max_length


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view, with the route found by the page's stored address."""
    request._wagtail_route_for_request = resolve(request, path)  # type: ignore[attr-defined]
    return views.serve(request, path)


def resolve(request: HttpRequest, path: str) -> RouteResult | None:
    """Finds the deepest page whose address begins `path`, and lets it route the rest.

    Returns Wagtail's RouteResult (page, args, kwargs), or None where there is no such page. The hook
    `construct_served_pages(queryset)` adds to the query of the page.
    """
    components = [get_language() or "", *(component for component in path.split("/") if component)]
    if len(components) > _DEEPEST or max(map(len, components)) > _LONGEST_SLUG:
        return None
    beginning = Left(Value("/" + "/".join(components) + "/"), Length("url_path"))
    # The slug is indexed and the address is not: the first narrows, the second decides.
    found = (
        Page.objects.alias(beginning=beginning)
        .filter(depth__gte=HOME_DEPTH, slug__in=components, beginning=F("url_path"))
        .order_by("-depth")
        .values_list("pk", "content_type_id", "depth")
        .first()
    )
    if found is None:
        return None
    pk, content_type_id, depth = found
    model: Any = ContentType.objects.get_for_id(content_type_id).model_class()
    pages = model.for_serving()
    for construct in hooks.get_hooks("construct_served_pages"):
        pages = construct(pages)
    page = pages.get(pk=pk)
    try:
        return page.route(request, components[depth - HOME_DEPTH + 1 :])
    except Http404:
        return None
