"""The header by which a view marks a response as cacheable. The page cache reads and removes it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from iom.caching.addresses import join, normalize_query
from iom.caching.version import VERSION_KEY

CACHEABLE_HEADER = "X-Page-May-Be-Kept"
CACHEABLE_STATUSES = (200, 410)  # a withdrawn text, which is gone, is requested as often as a public one


def mark_cacheable(request: HttpRequest, response: HttpResponseBase, query: str = "") -> None:
    """Marks a response that is the same for everyone until the content version changes.

    `query`: the parameters that the view knows. Requests with others are not cached, so they cannot fill the cache.
    """
    if request.META.get(VERSION_KEY) and response.status_code in CACHEABLE_STATUSES and not response.streaming:
        response.headers[CACHEABLE_HEADER] = join(request.META["PATH_INFO"], normalize_query(query))
