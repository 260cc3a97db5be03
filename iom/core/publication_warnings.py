"""Shows the warnings that a text still has after its publication, so that publishing needs no extra step."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import ngettext
from wagtail.admin import messages

MAX_LISTED_WARNINGS = 3


def show_warnings(request: HttpRequest, title: str, warnings: Sequence[tuple[str, str | Promise]]) -> None:
    """Adds a message for the user. `warnings`: for each, the address of its field and the message."""
    count = len(warnings)
    if count:
        heading = ngettext("“%(title)s” has %(number)d warning:", "“%(title)s” has %(number)d warnings:", count)
        items = format_html_join("", '<li><a href="{}">{}</a></li>', warnings[:MAX_LISTED_WARNINGS])
        text = heading % {"title": title, "number": count}
        messages.warning(request, format_html('{}<ul class="warnings-said">{}</ul>', text, items))
