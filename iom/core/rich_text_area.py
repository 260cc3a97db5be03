"""The rich text editor as a form field of records that are not pages."""

from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea

from iom import links


class LenientRichTextArea(DraftailRichTextArea):
    """Reads data that the editor did not send as an empty text; Wagtail's widget raises an exception."""

    def value_from_datadict(self, *args: Any) -> str:
        try:
            html: str = super().value_from_datadict(*args)
        except (ValueError, TypeError, KeyError, AttributeError):
            return ""
        return links.normalize_keys(html)
