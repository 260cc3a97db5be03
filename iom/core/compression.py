from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from iom.caching.marking import HEADER

TEXTS = ("text/", "application/json", "application/xml", "image/svg+xml", "+json", "+xml")


class TextCompressionMiddleware(GZipMiddleware):
    """Compresses texts only: pictures and documents are compressed already, and are served in ranges.

    Django adds random bytes, so that the length of a response reveals no secret in it (the BREACH attack).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        content_type = response.get("Content-Type", "").partition(";")[0]
        if HEADER in response.headers:  # the page cache compresses what it keeps
            return response
        if response.streaming or not any(text in content_type for text in TEXTS):
            return response
        return super().process_response(request, response)
