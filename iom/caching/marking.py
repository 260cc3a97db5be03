"""How a view says that its answer may be kept: in a header, if the page cache asks, which removes it."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from iom.caching.addresses import join, normalized
from iom.caching.version import ENVIRON

HEADER = "X-Page-May-Be-Kept"
KEPT = (200, 410)  # what is gone, such as a text that was withdrawn, is asked for as often as what is there


def may_be_kept(request: HttpRequest, response: HttpResponseBase, query: str = "") -> None:
    """Marks an answer that is the same for everyone until the content version changes.

    `query`: the parameters that the view knows. With others the page is not kept, so that they fill nothing.
    """
    if request.META.get(ENVIRON) and response.status_code in KEPT and not response.streaming:
        response.headers[HEADER] = join(request.META["PATH_INFO"], normalized(query))
