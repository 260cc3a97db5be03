"""The middleware that serves static files."""

from django.http import HttpRequest, HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

from iom.core.static_headers import POLICY


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """WhiteNoise, whose 304 lacks the policy of the file. Browsers would replace it by that of pages, added later."""

    @staticmethod
    def serve(static_file: StaticFile, request: HttpRequest) -> HttpResponseBase:
        response = WhiteNoiseMiddleware.serve(static_file, request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response
