"""Logs as JSON, one object a line, each with the id of its request. They name no person.

Lines that concern security have the number of the account and the address of the client (docs/privacy.md).
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
from iom.characters import hide_addresses
from iom.security import client_of

current_request: ContextVar[HttpRequest | None] = ContextVar("current_request", default=None)
# In the link for a new password: the user and the token.
_LINK = re.compile(r"""(/password_reset/confirm/)[^\s"'?]+""")


def without_secrets(line: str) -> str:
    """A line without email addresses and tokens."""
    return hide_addresses(_LINK.sub(r"\1…", line))


def without_people(event: Any, hint: Any) -> Any:
    """An event as Sentry may have it: of the request its method and address alone, and nobody's name."""
    if request := event.get("request"):
        address = request.get("url", "").partition("?")[0]
        event["request"] = {"method": request.get("method"), "url": address}
    event.pop("user", None)
    event.pop("breadcrumbs", None)  # queries of the database, with their values
    return event


class RequestIdFilter(logging.Filter):
    """Adds `request_id` to a record, empty outside requests; to one of security, the client and the account."""

    def filter(self, record: logging.LogRecord) -> bool:
        request = current_request.get()
        # Django writes that a request was refused after all middleware.
        record.request_id = getattr(request or getattr(record, "request", None), "request_id", "")
        if request and _is_of_security(record):
            user = vars(request).get("_cached_user")  # a line of the log asks the database nothing
            vars(record).update(client=client_of(request), account=user.pk if user else None)
        return True


def _is_of_security(record: logging.LogRecord) -> bool:
    """An error is not: it may be sent away (`without_people`)."""
    is_named = record.name in (security.logger.name, "iom.users.limits") or record.name.startswith("django.security")
    return record.levelno < logging.ERROR and (is_named or getattr(record, "status_code", None) == 403)


class LogFormatter(JsonFormatter):
    """The fields of each line: time, level, logger, message, request_id and, for an error, exc_info. No `request`,
    which has the query, and no email address, which errors of mail servers have."""

    def __init__(self) -> None:
        super().__init__(
            "{asctime}{levelname}{name}{message}{request_id}",
            style="{",
            rename_fields={"asctime": "time", "levelname": "level", "name": "logger"},
            json_ensure_ascii=False,
            reserved_attrs=[*RESERVED_ATTRS, "request"],
        )

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 (logging's name)
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
