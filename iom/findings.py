"""What is wrong with a text before readers have it: errors refuse its publication, warnings are only said.

A check is a function of `page` and `moment`, when the text becomes public, and yields findings. `@error` and
`@warning` register it: the forms, the gate, the editor and the tests then know it. The checks are in the apps above.
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
    """`where` is the path of the field as Wagtail's comments have it: the field, the id of a block, its field …;
    empty: the text as a whole. `message` is lazy, for people of any language. `fix`: pairs of what the field says and
    what it should say. A check does not say its `level`: it is an error or a warning as it is registered."""

    code: str
    where: tuple[str, ...]
    message: str | Promise
    fix: tuple[tuple[str, str], ...] = ()
    level: Level = Level.ERROR

    def as_json(self, field: str, where: Sequence[Any]) -> dict[str, Any]:
        """For the script of a form, which has a field of this name there."""
        said = {"level": self.level, "message": str(self.message), "fix": self.fix}
        return said | {"field": field, "where": where}


Check = Callable[[Any, datetime], Iterator[Finding]]
errors: dict[str, Check] = {}
warnings: dict[str, Check] = {}


def error(check: Check) -> Check:
    """Registers a check whose findings refuse publication."""
    errors[check.__name__] = check
    return check


def warning(check: Check) -> Check:
    """Registers a check whose findings are said, and refuse nothing."""
    warnings[check.__name__] = check
    return check


def moment_of(page: Any) -> datetime:
    """When readers will have the text that is published now: at its embargo, or at once."""
    now = timezone.now()
    return max(page.go_live_at or now, now)


def errors_of(page: Any) -> list[Finding]:
    moment = moment_of(page)
    return [finding for check in errors.values() for finding in check(page, moment)]


def warnings_of(page: Any) -> list[Finding]:
    moment = moment_of(page)
    return [replace(one, level=Level.WARNING) for check in warnings.values() for one in check(page, moment)]


def summary(found: Sequence[Finding]) -> str:
    """How many there are, in the language of whoever reads it."""
    errors = sum(one.level == Level.ERROR for one in found)
    warnings = len(found) - errors
    parts = []
    if errors:
        parts.append(ngettext("%(number)d error", "%(number)d errors", errors) % {"number": errors})
    if warnings:
        parts.append(ngettext("%(number)d warning", "%(number)d warnings", warnings) % {"number": warnings})
    return ", ".join(parts) or gettext("Nothing to correct")


def said(message: Callable[..., str]) -> Callable[..., Any]:
    """Decorates a function that makes a message: it is called in the language of whoever reads it."""
    return lazy(message, str)
