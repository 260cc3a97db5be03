"""The organization's name as a drawing (tools/font.py), in the languages that have one."""

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
def find_drawing(language: str | None) -> tuple[str, str]:
    """Returns the path of the drawing and its width at a height of 48, which prevents layout shift; empty if none."""
    name = f"img/wordmarks/{language}.svg"
    found = finders.find(name)
    width = re.search(r'width="(\d+)"', Path(found).read_text("utf-8")) if found else None
    return (name, width[1]) if width else ("", "")


@register.simple_tag
def wordmark() -> SafeString:
    """Renders the name: a picture, or text if the language has no drawing yet."""
    words = f"{gettext('IOM')} – {gettext('International Organization for Migration')}"
    name, width = find_drawing(get_language())
    if not name:
        return format_html("{}", words)
    return format_html('<img src="{}" alt="{}" width="{}" height="48">', static(name), words, width)
