from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

GetResponse = Callable[[HttpRequest], HttpResponse]


class AddressLanguageMiddleware:
    """The language is that of the address (`/fr/…`, `/en/…`); elsewhere what the browser asks for. Never a cookie.

    Django's own LocaleMiddleware would send every unknown address to one below a language first.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_path(request.path_info)
        negotiated = language is None
        if language is None:
            language = preferred_language(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or language)
        if negotiated and response.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ["Accept-Language"])
        return response


def preferred_language(request: HttpRequest) -> str:
    """The first of the site's languages that the browser accepts, else the site's own."""
    for code, quality in translation.trans_real.parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if not quality:  # “anything but this”
            continue
        try:
            return translation.get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
