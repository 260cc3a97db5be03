"""Answers for addresses that do not exist any more."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.utils.deprecation import MiddlewareMixin
from wagtail.contrib.redirects.middleware import get_redirect
from wagtail.contrib.redirects.models import Redirect

from iom.listing.reading import shown


class RedirectMiddleware(MiddlewareMixin):
    """As Wagtail's, but to no page that visitors may not see: its address would tell its title.

    What a page serves below itself (feeds, countries, the plain text) follows its page.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code != 404:
            return response
        whole = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
        path = urlsplit(whole).path
        for address in dict.fromkeys([whole, path]):
            redirect = get_redirect(request, address)
            if redirect is not None and (url := _address(redirect)):
                answer = HttpResponsePermanentRedirect if redirect.is_permanent else HttpResponseRedirect
                return answer(url)
        parent, _slash, route = path.rpartition("/")
        redirect = get_redirect(request, parent) if parent else None
        page = redirect and redirect.redirect_page
        if page and route in page.specific_deferred.own_routes() and (url := _address(redirect)):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"{url}{route}/" + (f"?{query}" if query else ""))
        return response


def _address(redirect: Redirect) -> str:
    """Where the redirect leads; empty for a page that visitors may not see."""
    page = redirect.redirect_page_id
    return "" if page and not shown().filter(pk=page).exists() else redirect.link or ""
