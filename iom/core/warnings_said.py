"""The warnings that a text still has are said once more after its publication: no step is added before it."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import ngettext
from wagtail.admin import messages

NAMED = 3


def say(request: HttpRequest, title: str, found: Sequence[tuple[str, str | Promise]]) -> None:
    """`found` are the warnings: each with the address of its field, and what it says."""
    if found:
        said = ngettext("“%(title)s” has %(number)d warning:", "“%(title)s” has %(number)d warnings:", len(found))
        items = format_html_join("", '<li><a href="{}">{}</a></li>', found[:NAMED])
        text = said % {"title": title, "number": len(found)}
        messages.warning(request, format_html('{}<ul class="warnings-said">{}</ul>', text, items))
