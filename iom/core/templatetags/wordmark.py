"""The organization's name as it is drawn (tools/font.py), in the languages that have a drawing."""

import re
from functools import lru_cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

register = template.Library()


@lru_cache
def drawing(language: str | None) -> tuple[str, str]:
    """The drawing, and its width at a height of 48, without which the page would shift; empty where there is none."""
    name = f"img/wordmarks/{language}.svg"
    found = finders.find(name)
    width = re.search(r'width="(\d+)"', Path(found).read_text("utf-8")) if found else None
    return (name, width[1]) if width else ("", "")


@register.simple_tag
def wordmark() -> SafeString:
    """The name: a picture, or words where the language has no drawing yet."""
    words = f"{gettext('IOM')} – {gettext('International Organization for Migration')}"
    name, width = drawing(get_language())
    if not name:
        return format_html("{}", words)
    return format_html('<img src="{}" alt="{}" width="{}" height="48">', static(name), words, width)
