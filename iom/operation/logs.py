"""Formatter and filter for logs as JSON: one object a line, with the id of the request, without personal data.

Security records also have the key of the account and the address of the client (docs/privacy.md).
"""

import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from pythonjsonlogger.core import RESERVED_ATTRS
from pythonjsonlogger.json import JsonFormatter

from iom import security
from iom.characters import mask_email_addresses
from iom.security import client_address

current_request: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)
# The link for a new password ends with the user and the token.
_PASSWORD_LINK = re.compile(r"""(/password_reset/confirm/)[^\s"'?]+""")


def remove_secrets(line: str) -> str:
    """Removes email addresses and tokens from a line."""
    return mask_email_addresses(_PASSWORD_LINK.sub(r"\1…", line))


def remove_personal_data(event: Any, hint: Any) -> Any:
    """Sentry's `before_send`: keeps only the method and the address of the request, and removes the user."""
    if request := event.get("request"):
        address = request.get("url", "").partition("?")[0]
        event["request"] = {"method": request.get("method"), "url": address}
    event.pop("user", None)
    event.pop("breadcrumbs", None)  # they contain database queries with their values
    return event


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to a record, empty outside requests; to a security record also `client` and `account`."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = current_request.get()
        # Django logs a refused request after all middleware, when `current_request` is reset.
        record.request_id = getattr(request or getattr(record, "request", None), "request_id", "")
        if request and _is_security_record(record):
            user = vars(request).get("_cached_user")  # logging must not query the database
            vars(record).update(client=client_address(request), account=user.pk if user else None)
        return True


def _is_security_record(record: logging.LogRecord) -> bool:
    """Errors are excluded: they may be sent to Sentry (`remove_personal_data`)."""
    is_named = record.name in (security.logger.name, "iom.users.limits") or record.name.startswith("django.security")
    return record.levelno < logging.ERROR and (is_named or getattr(record, "status_code", None) == 403)


class LogFormatter(JsonFormatter):
    """Writes time, level, logger, message, request_id and, for an error, exc_info.

    It omits `request`, which contains the query, and email addresses, which errors of mail servers contain.
    """

    def __init__(self) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}{request_id}",
            style="{",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
            reserved_attrs=[*RESERVED_ATTRS, "request"],
        )

    def format(self, record: logging.LogRecord) -> str:
        return remove_secrets(super().format(record))

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 (logging's name)
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
