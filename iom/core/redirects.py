"""Redirects from addresses that no longer exist."""

from collections.abc import Iterator
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
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404 or request.path.startswith(reverse("wagtailadmin_home")):
            return response
        full_path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        path = urlsplit(full_path).path
        parents = list(_get_parent_paths(path))
        redirects = _find_redirects([full_path, path, *(parent for parent, _route in parents)])
        query = request.META.get("QUERY_STRING", "")
        refused = []
        for address in (full_path, path):
            redirect = redirects.get(address)
            if redirect is None:
                continue
            if url := _get_target(redirect):
                response_class = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
                takes_query = address == path and redirect.redirect_page_id
                return response_class(_with_query(url, query) if takes_query else url)
            refused.append(redirect)
        for parent, route in parents:
            former = redirects.get(parent)
            page = former and former.redirect_page
            if page and route in page.specific_deferred.own_routes():
                if url := _get_target(former):
                    return HttpResponsePermanentRedirect(_with_query(f"{url}{route}/", query))
                refused.append(former)
        text = text_of([redirect.redirect_page_id for redirect in refused])
        return render_gone(request, text) if text else response


def _get_parent_paths(path: str) -> Iterator[tuple[str, str]]:
    """Yields the paths above `path`, the nearest first, each with the route that leads from it to `path`."""
    parts = path.split("/")
    for length in range(1, MAX_ROUTE_SEGMENTS + 1):
        yield "/".join(parts[:-length]), "/".join(parts[-length:])


def _with_query(url: str, query: str) -> str:
    return f"{url}?{query}" if query else url


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
