"""Redirects from addresses that no longer exist."""

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect

from iom.listing.reading import shown
from iom.publishing.redirects import redirect_paths
from iom.withdrawal.reading import text_of
from iom.withdrawal.responses import respond as render_gone

MAX_ROUTE_SEGMENTS = 2  # such as `corrections/rss`


class RedirectMiddleware(MiddlewareMixin):
    """Does what Wagtail's middleware does, in one query.

    - It does not redirect to a page that visitors may not see, because the address would reveal the title.
    - The routes below a page (feeds, countries, the plain text) move with the page, and so does the query string. A
      redirect that was made for one query string, or that leads to another site, keeps its own address.
    - The former addresses of a withdrawn text answer like its present address.
    - Browsers validate a redirect each time. They would keep a permanent one without end, even after another page got
      the address, and would loop once a page has got its former address back.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404 or request.path.startswith(reverse("wagtailadmin_home")):
            return response
        query = request.META.get("QUERY_STRING", "")
        refused = []
        for match in _find_matches(Redirect.normalise_path(request.get_full_path(), decode_unicode=False)):
            if url := _get_target(match.redirect):
                is_permanent = match.redirect.is_permanent or match.route
                response_class = HttpResponsePermanentRedirect if is_permanent else HttpResponseRedirect
                target = url + match.route + (f"?{query}" if query and match.keeps_query else "")
                return response_class(target, headers={"Cache-Control": "no-cache"})
            refused.append(match.redirect)
        text = text_of([redirect.redirect_page_id for redirect in refused])
        return render_gone(request, text) if text else response


class _Match(NamedTuple):
    """A redirect of an address, or of the page above it; `route` then leads from this page to the address."""

    redirect: Redirect
    keeps_query: bool
    route: str = ""


def _find_matches(full_path: str) -> Iterator[_Match]:
    """Yields the redirects for an address, with and without its query string, then those of pages above it."""
    path = urlsplit(full_path).path
    parents = list(_get_parent_paths(path))
    redirects = _find_redirects([full_path, path, *(parent for parent, _route in parents)])
    for address in (full_path, path):
        if redirect := redirects.get(address):
            yield _Match(redirect, keeps_query=address == path and redirect.redirect_page_id is not None)
    for parent, route in parents:
        redirect = redirects.get(parent)
        page = redirect and redirect.redirect_page
        if page and route in page.specific_deferred.own_routes():
            yield _Match(redirect, keeps_query=True, route=f"{route}/")


def _get_parent_paths(path: str) -> Iterator[tuple[str, str]]:
    """Yields the paths above `path`, the nearest first, each with the route that leads from it to `path`."""
    parts = path.split("/")
    for length in range(1, MAX_ROUTE_SEGMENTS + 1):
        yield "/".join(parts[:-length]), "/".join(parts[-length:])


def _find_redirects(addresses: list[str]) -> dict[str, Redirect]:
    """Returns the redirects by encoded address. A redirect may be stored with the decoded address."""
    encoded = {form: address for address in addresses for form in (address, uri_to_iri(address)) if form}
    if any("\0" in form for form in encoded):  # PostgreSQL refuses it
        return {}
    found = Redirect.objects.filter(old_path__in=encoded).select_related("redirect_page")
    return {encoded[one.old_path]: one for one in sorted(found, key=lambda one: one.site_id or 0)}


def _get_target(redirect: Redirect) -> str:
    """Returns the target address; empty for a page that visitors may not see, and for a redirect to itself."""
    if page := redirect.redirect_page_id:
        return redirect.link or "" if shown().filter(pk=page).exists() else ""
    return "" if redirect.old_path in redirect_paths(redirect.redirect_link) else redirect.redirect_link
