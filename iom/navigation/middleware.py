from collections.abc import Callable, Collection

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers

GetResponse = Callable[[HttpRequest], HttpResponse]


class AddressLanguageMiddleware:
    """Sets the language of the address (`/fr/…`, `/en/…`), or the browser's preferred language; without a cookie.

    Django's LocaleMiddleware would redirect every unknown address to one with a language.
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

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        """Uses the page's language for the form of its password, whose address has no language."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        if request.method == "POST" and name.endswith("_authenticate_with_password"):
            language = translation.get_language_from_path(request.POST.get("return_url", ""))
            if language:
                translation.activate(language)  # until `__call__` returns
                request.LANGUAGE_CODE = language


def preferred_language(request: HttpRequest, among: Collection[str] | None = None) -> str:
    """Returns the browser's preferred language of the site, or of those in `among`; else the default language."""
    for code, quality in translation.trans_real.parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if not quality:  # not accepted
            continue
        try:
            found = translation.get_supported_language_variant(code)
        except LookupError:
            continue
        if among is None or found in among:
            return found
    return settings.LANGUAGE_CODE
