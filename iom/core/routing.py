"""From an address to a page in two queries, where Wagtail's own way walks the tree with two a step."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail import hooks, views
from wagtail.models import Page


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view, with the route found by the page's stored address."""
    request._wagtail_route_for_request = resolve(request, path)  # type: ignore[attr-defined]
    return views.serve(request, path)


def resolve(request: HttpRequest, path: str) -> Any:
    """The deepest page that stands at the beginning of `path`, asked what it makes of the rest.

    Returns Wagtail's RouteResult (page, args, kwargs), or None where there is no such page. The hook
    `construct_served_pages(queryset)` adds what else the page is to come with.
    """
    components = [get_language() or "", *(component for component in path.split("/") if component)]
    addresses = ["/" + "/".join(components[:end]) + "/" for end in range(1, len(components) + 1)]
    # The slug is indexed and the address is not: the first narrows, the second decides.
    found = (
        Page.objects.filter(slug__in=components, url_path__in=addresses)
        .order_by("-depth")
        .values_list("pk", "content_type_id", "depth")
        .first()
    )
    if found is None:
        return None
    pk, content_type_id, depth = found
    model: Any = ContentType.objects.get_for_id(content_type_id).model_class()
    pages = model.served()
    for construct in hooks.get_hooks("construct_served_pages"):
        pages = construct(pages)
    page = pages.get(pk=pk)
    home_depth = 2
    try:
        return page.route(request, components[depth - home_depth + 1 :])
    except Http404:
        return None
