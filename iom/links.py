"""Validation of links: web addresses, email addresses, telephone numbers and pages of this site are allowed.

`check` validates a link when it is written, `is_safe` when it is used, because not all data come from forms.
"""

import re
from collections.abc import Sequence
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext
from wagtail.blocks import URLBlock

WEB = ("http", "https")
SCHEMES = (*WEB, "mailto", "tel")

_TELEPHONE = re.compile(r"\+?[0-9().\s/-]{2,40}(?:;[\w=.+-]+)*")
_ON_THIS_SITE = re.compile(r"(?:/(?![/\\])|#)[^\s\\]*")
_UNUSABLE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_RECORD_LINK = re.compile(r"<a\s[^<>]*\blinktype=[^<>]*>")
_ID = re.compile(r"""(?<=\sid=)(?:"([^"]*)"|'([^']*)')""")
_KEY = re.compile("[0-9]{1,9}")  # the database's integers have no more digits
_HREF = re.compile(r"""(?<!\s)\s+href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def scheme(address: str) -> str | None:
    """Returns the scheme in lower case; empty for a relative address, None for an invalid one."""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return None


def is_safe(address: str) -> bool:
    """Whether the link has an allowed scheme, so that it cannot run a script."""
    return scheme(address) in ("", *SCHEMES)


def check(address: str) -> None:
    """Raises ValidationError for an address that is not allowed in a link."""
    match scheme(address):
        case _ if _UNUSABLE.search(address):
            raise ValidationError(refusal())
        case "http" | "https":
            URLValidator(schemes=WEB)(address)
        case "mailto":
            validate_email(address[len("mailto:") :].partition("?")[0])
        case "tel" if _TELEPHONE.fullmatch(address[len("tel:") :]):
            pass
        case "" if _ON_THIS_SITE.fullmatch(address):
            pass
        case _:
            raise ValidationError(refusal())


def refusal() -> str:
    """Returns the error message for links that are not allowed."""
    text = gettext("A link must begin with one of these: %(beginnings)s")
    return text % {"beginnings": "https://  http://  mailto:  tel:  /  #"}


def remove_unsafe_links(html: str) -> str:
    """Removes the addresses of unsafe links from rich text, and keeps their text."""
    return _HREF.sub(_keep_if_safe, html)


def check_rich_text(html: str) -> None:
    """Raises ValidationError for rich text with an unsafe link."""
    if remove_unsafe_links(html) != html:
        raise ValidationError(refusal())


def _keep_if_safe(found: re.Match[str]) -> str:
    address = next(group for group in found.groups() if group is not None)
    return found.group() if is_safe(unescape(address)) else ""


def parse_key(text: object) -> int:
    """Returns the key of the record of a link in rich text; for anything else 0, which no record has."""
    return int(str(text)) if _KEY.fullmatch(str(text)) else 0


def normalize_keys(html: str) -> str:
    """Replaces invalid keys in links to pages and documents, in rich text from the editor.

    With an invalid key, the page and all feeds with the text would fail.
    """
    return _RECORD_LINK.sub(lambda link: _ID.sub(lambda key: f'"{parse_key(key[1] or key[2])}"', link[0]), html)


class WebAddressBlock(URLBlock):
    """A web address. An invalid value, which did not come from the form, is read as empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field.validators = [URLValidator(schemes=WEB), *kwargs.get("validators", ())]

    def to_python(self, value: Any) -> Any:
        return value if not value or scheme(str(value)) in WEB else ""

    def deconstruct(self) -> tuple[str, Sequence[object], dict[str, object]]:
        """Returns the path of Wagtail's block, so that migrations do not depend on the validation."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.URLBlock", args, kwargs
