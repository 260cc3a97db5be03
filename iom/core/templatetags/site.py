"""Dates, numbers and names in the format of each language, and attributes for content in another language."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from django import template
from django.apps import apps
from django.utils import timezone
from django.utils.html import escape, format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_bidi, gettext, pgettext

from iom import languages, phones
from iom.countries import in_country, name_in_text, short_name
from iom.names import interface_language

register = template.Library()
# Filters of a country's code: "Netherlands", "in the Netherlands", "the Netherlands"
register.filter(short_name)
register.filter(in_country)
register.filter(name_in_text)


@register.simple_tag
def is_demonstration() -> bool:
    """Whether the demonstration is installed. Each page shows a notice then."""
    return apps.is_installed("iom.demo")


_ACRONYM = re.compile(r"\b(OIM|IOM)\b")

_UNITS = (("KB", 1024), ("MB", 1024**2), ("GB", 1024**3))


def _local_day(value: date | datetime) -> date:
    """Returns the date in the organization's time zone. A preview is rendered in its reader's time zone."""
    if not isinstance(value, datetime):
        return value
    zone = timezone.get_default_timezone()
    return timezone.localtime(value, zone).date() if timezone.is_aware(value) else value.date()


def day_long(day: date) -> SafeString:
    """Returns `1 March 2016`, with the French « er » as superscript."""
    return _format_long_date(interface_language(), day)


@lru_cache(maxsize=5000)
def _format_long_date(language: str, day: date) -> SafeString:
    text = escape(format_date(day, "long", locale=languages.cldr(language)))
    first = languages.convention("FIRST_OF_MONTH", language)
    return mark_safe(text.replace("1", first, 1) if first and day.day == 1 else text)  # noqa: S308  (escaped)


@register.filter
def date_text(value: date | datetime | None) -> str:
    """Returns `1er mars 2016` or `1 March 2016` without markup, for attributes and titles."""
    if not value:
        return ""
    return strip_tags(day_long(_local_day(value)))


@register.filter
def date_long(value: date | datetime | None) -> str:
    """Returns the date as a `time` element, with the French « er » as superscript."""
    if not value:
        return ""
    day = _local_day(value)
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), day_long(day))


@register.filter
def number(value: Any) -> str:
    """Returns `25 000` (narrow no-break space) or `25,000`; other values unchanged."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return "" if value is None else str(value)
    return _format_number(interface_language(), value)


@lru_cache(maxsize=5000, typed=True)
def _format_number(language: str, value: float | Decimal) -> str:
    try:
        return format_decimal(value, locale=languages.cldr(language), decimal_quantization=False)
    except (ArithmeticError, ValueError):  # 1e400, NaN
        return str(value)


@register.filter
def year(value: Any) -> str:
    """Returns a year: `1951`, not `1,951`."""
    return f"{value:.0f}" if isinstance(value, int | float | Decimal) else str(value)


@register.filter
def breakable(email: str) -> SafeString:
    """Returns an email address that a narrow line breaks before its “@”, not within a name."""
    account, at, host = email.rpartition("@")
    return format_html("{}<wbr>{}{}", account, at, host)


@register.filter
def filesize(size: int | None) -> str:
    """Returns `120 ko` or `120 KB`, with a no-break space; one decimal from 1 MB."""
    if not size:
        return ""
    unit, step = next((pair for pair in reversed(_UNITS) if size >= pair[1]), _UNITS[0])
    amount = round(max(size / step, 1), 0 if unit == "KB" else 1)
    words = {
        "KB": pgettext("size of a file", "KB"),
        "MB": pgettext("size of a file", "MB"),
        "GB": pgettext("size of a file", "GB"),
    }
    return f"{number(amount)}\N{NO-BREAK SPACE}{words[unit]}"


@register.filter
def phone_display(value: str) -> str:
    """Returns `+20 10 24938965` for `+201024938965`, from left to right in every language."""
    number = phones.international(value) if value else ""
    return (
        f"\N{LEFT-TO-RIGHT ISOLATE}{number}\N{POP DIRECTIONAL ISOLATE}" if number and get_language_bidi() else number
    )


@register.filter
def language_name(code: str) -> str:
    """Returns « arabe » or “Arabic” for `ar`, in the interface's language."""
    return languages.name(code)


@register.filter
def is_other_language(code: str | None) -> bool:
    """Whether `code` is a language other than the page's."""
    language = get_language() or ""
    return bool(code) and code not in (language, language.split("-")[0])


@register.filter
def lang_attr(code: str | None) -> SafeString:
    """Returns ` lang="ar" dir="rtl"` for use inside a tag; empty for the page's language."""
    if not code or not is_other_language(code):
        return mark_safe("")
    return format_html(' lang="{}" dir="{}"', code, languages.direction(code))


@register.filter
def other_direction(code: str | None) -> str:
    """Returns the direction of the language; empty if the page has the same direction."""
    direction = languages.direction(code) if code else ""
    return "" if (direction == "rtl") == get_language_bidi() else direction


@register.simple_tag
def language_label(code: str | None) -> SafeString:
    """Renders the language's own name with its `lang`; empty for the page's language."""
    if not code or not is_other_language(code):
        return mark_safe("")
    return format_html("<span{}>{}</span>", lang_attr(code), languages.own_name(code))


@register.simple_tag
def document_meta(document: Any) -> SafeString:
    """Renders `(PDF, 120 ko)`, after the language's own name if it is not the page's."""
    parts = [document.file_extension.upper(), filesize(document.file_size)]
    meta = format_html("({})", ", ".join(part for part in parts if part))
    label = language_label(document.language)
    return format_html("{} {}", label, meta) if label else meta


@register.filter
def parent_url(url: str | None) -> str:
    """Returns the address of the parent page: `/fr/actualites/` for `/fr/actualites/x/`."""
    steps = (url or "").strip("/").split("/")
    return "/" + "/".join(steps[:-1]) + "/" if len(steps) > 1 else ""


@register.filter
def initials(name: str) -> str:
    """Returns the first letters of the first and the last word: `AP` for `Amy Pope`."""
    words = name.split()
    return "".join(word[0].upper() for word in words[:1] + words[1:][-1:])


@register.filter
def credit(text: str) -> str:
    """Returns a credit such as `© OIM/Name` with the organization's acronym in the reader's language."""
    return _ACRONYM.sub(gettext("IOM"), text, count=1)
