"""Compression of responses."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from iom.caching.marking import CACHEABLE_HEADER

TEXT_TYPES = ("text/", "application/json", "application/xml", "image/svg+xml", "+json", "+xml")


class TextCompressionMiddleware(GZipMiddleware):
    """Compresses text only: pictures and documents are compressed already, and are served in ranges.

    Django adds random bytes, so that the length of a response reveals no secret in it (the BREACH attack).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        content_type = response.get("Content-Type", "").partition(";")[0]
        if CACHEABLE_HEADER in response.headers:  # the page cache compresses what it keeps
            return response
        if response.streaming or not any(part in content_type for part in TEXT_TYPES):
            return response
        return super().process_response(request, response)
