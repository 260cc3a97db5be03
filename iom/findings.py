"""The registry of checks that look for errors and warnings in a text before publication. Errors refuse publication.

A check is a function of `page` and of `moment`, the time of publication, that yields findings. `@error` and `@warning`
register it for the forms, the gate, the editor and the tests. The checks themselves are in the apps above.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext, ngettext


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """An error or warning in a text.

    `where` is the path of the field as in Wagtail's comments: field, block id, field of the block …; empty for the
    text as a whole. `message` is lazy, for users of any language. `fix` contains pairs of the text of the field and
    its correction. A check does not set `level`: it depends on how the check is registered.
    """

    code: str
    where: tuple[str, ...]
    message: str | Promise
    fix: tuple[tuple[str, str], ...] = ()
    level: Level = Level.ERROR

    def as_json(self, field: str, where: Sequence[Any]) -> dict[str, Any]:
        """Returns the finding for the script of the form. `field` is the label of the field."""
        finding = {"level": self.level, "message": str(self.message), "fix": self.fix}
        return finding | {"field": field, "where": where}


Check = Callable[[Any, datetime], Iterator[Finding]]
errors: dict[str, Check] = {}
warnings: dict[str, Check] = {}


def error(check: Check) -> Check:
    """Registers a check whose findings refuse publication."""
    errors[check.__name__] = check
    return check


def warning(check: Check) -> Check:
    """Registers a check whose findings are shown, and refuse nothing."""
    warnings[check.__name__] = check
    return check


def publication_time(page: Any) -> datetime:
    """Returns when a text that is published now becomes public: at its embargo, or at once."""
    now = timezone.now()
    return max(page.go_live_at or now, now)


def errors_of(page: Any) -> list[Finding]:
    moment = publication_time(page)
    return [finding for check in errors.values() for finding in check(page, moment)]


def warnings_of(page: Any) -> list[Finding]:
    moment = publication_time(page)
    return [replace(finding, level=Level.WARNING) for check in warnings.values() for finding in check(page, moment)]


def summary(found: Sequence[Finding]) -> str:
    """Returns the numbers of errors and warnings in words of the active language."""
    errors = sum(finding.level == Level.ERROR for finding in found)
    warnings = len(found) - errors
    parts = []
    if errors:
        parts.append(ngettext("%(number)d error", "%(number)d errors", errors) % {"number": errors})
    if warnings:
        parts.append(ngettext("%(number)d warning", "%(number)d warnings", warnings) % {"number": warnings})
    return ", ".join(parts) or gettext("Nothing to correct")


def lazy_message(message: Callable[..., str]) -> Callable[..., Any]:
    """Decorates a function that builds a message, so that it runs in the language of the user who reads it."""
    return lazy(message, str)
