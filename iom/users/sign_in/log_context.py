"""The client and the account of a request, for the lines of the log that concern security, such as refusals."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin import auth

from iom import security
from iom.operation.logs import request_context
from iom.users.limits import client_of


class LogContextMiddleware:
    """Tells the log the client and the account of a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def context() -> dict[str, Any]:
            known = vars(request).get("_cached_user")  # a line of the log asks the database nothing
            return {"client": client_of(request), "account": known.pk if known else None}

        token = request_context.set(context)
        try:
            return self.get_response(request)
        finally:
            request_context.reset(token)


_refuse = auth.permission_denied


def _refuse_and_note(request: HttpRequest) -> HttpResponse:
    """Wagtail's answer, which leads to the first page of the admin."""
    security.logger.info("Refused in the admin: %s", request.path)
    return _refuse(request)


auth.permission_denied = _refuse_and_note
