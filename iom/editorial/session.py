"""Asked by the editor after a request has failed (`static/js/admin/unsaved.js`)."""

from django.http import HttpRequest, JsonResponse
from django.middleware.csrf import get_token


def show(request: HttpRequest) -> JsonResponse:
    """The token of forms, which changes when one signs in. Whoever is not signed in is sent to sign in."""
    return JsonResponse({"token": get_token(request)})
