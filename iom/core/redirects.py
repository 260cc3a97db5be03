"""Answers for addresses that do not exist any more."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse
from django.utils.deprecation import MiddlewareMixin
from django.utils.encoding import uri_to_iri
from wagtail.contrib.redirects.models import Redirect

from iom.listing.reading import shown
from iom.publishing.redirects import leads_to
from iom.withdrawal.public import respond as gone
from iom.withdrawal.reading import text_of

LONGEST_ROUTE = 2  # segments, such as `corrections/rss`


class RedirectMiddleware(MiddlewareMixin):
    """As Wagtail's, in one query, but to no page that visitors may not see: its address would tell its title.

    What a page serves below itself (feeds, countries, the plain text) follows its page. So does the query: the filters
    of a list. A redirect for one query, or to another site, leads where it says. The former addresses of a withdrawn
    text answer as its present one does.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404 or request.path.startswith(reverse("wagtailadmin_home")):
            return response
        whole = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        path = urlsplit(whole).path
        above = list(_above(path))
        redirects = _redirects([whole, path, *(parent for parent, _route in above)])
        query = request.META.get("QUERY_STRING", "")
        refused = []
        for address in (whole, path):
            redirect = redirects.get(address)
            if redirect is None:
                continue
            if url := _address(redirect):
                answer = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
                takes_query = address == path and redirect.redirect_page_id
                return answer(_with_query(url, query) if takes_query else url)
            refused.append(redirect)
        for parent, route in above:
            former = redirects.get(parent)
            page = former and former.redirect_page
            if page and route in page.specific_deferred.own_routes():
                if url := _address(former):
                    return HttpResponsePermanentRedirect(_with_query(f"{url}{route}/", query))
                refused.append(former)
        text = text_of([redirect.redirect_page_id for redirect in refused])
        return gone(request, text) if text else response


def _above(path: str) -> Iterator[tuple[str, str]]:
    """The addresses above the path, the nearest first, each with what is left of the path below it."""
    parts = path.split("/")
    for length in range(1, LONGEST_ROUTE + 1):
        yield "/".join(parts[:-length]), "/".join(parts[-length:])


def _with_query(url: str, query: str) -> str:
    return f"{url}?{query}" if query else url


def _redirects(addresses: list[str]) -> dict[str, Redirect]:
    """The redirect from each of the encoded addresses that has one. It may have been stored decoded."""
    written = {form: address for address in addresses for form in (address, uri_to_iri(address)) if form}
    if any("\0" in form for form in written):  # PostgreSQL refuses it
        return {}
    found = Redirect.objects.filter(old_path__in=written).select_related("redirect_page")
    return {written[one.old_path]: one for one in sorted(found, key=lambda one: one.site_id or 0)}


def _address(redirect: Redirect) -> str:
    """Where the redirect leads; empty for a page that visitors may not see, and where it leads back to itself."""
    if page := redirect.redirect_page_id:
        return redirect.link or "" if shown().filter(pk=page).exists() else ""
    return "" if redirect.old_path in leads_to(redirect.redirect_link) else redirect.redirect_link
