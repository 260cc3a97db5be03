"""Where a stored link may lead: a web address, an e-mail address, a telephone number, a page of this site.

`check` validates a link when it is written, `is_safe` when it is used: not all data come from forms.
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
_TO_RECORD = re.compile(r"<a\s[^<>]*\blinktype=[^<>]*>")
_ID = re.compile(r"""(?<=\sid=)(?:"([^"]*)"|'([^']*)')""")
_KEY = re.compile("[0-9]{1,9}")  # no longer one fits a database
_HREF = re.compile(r"""(?<!\s)\s+href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def scheme(address: str) -> str | None:
    """The scheme in lower case, as browsers read it; empty for a relative address, None for an invalid one."""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return None


def is_safe(address: str) -> bool:
    """Whether the link has an allowed scheme, so that it cannot run a script."""
    return scheme(address) in ("", *SCHEMES)


def check(address: str) -> None:
    """Raises ValidationError for an address to which no link may lead."""
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
    """The error message for other links."""
    text = gettext("A link must begin with one of these: %(beginnings)s")
    return text % {"beginnings": "https://  http://  mailto:  tel:  /  #"}


def without_scripts(html: str) -> str:
    """Rich text without the addresses of unsafe links; their text stays."""
    return _HREF.sub(_kept, html)


def check_scripts(html: str) -> None:
    """Raises ValidationError for rich text with the address of an unsafe link."""
    if without_scripts(html) != html:
        raise ValidationError(refusal())


def _kept(found: re.Match[str]) -> str:
    address = next(group for group in found.groups() if group is not None)
    return found.group() if is_safe(unescape(address)) else ""


def key_of(text: object) -> int:
    """The key of the record to which a link of rich text leads; 0, which none has, for anything else."""
    return int(str(text)) if _KEY.fullmatch(str(text)) else 0


def with_keys(html: str) -> str:
    """Rich text as the editor sends it, in which each link to a page or a document has a key: with anything else, the
    page and all feeds with the text would fail."""
    return _TO_RECORD.sub(lambda found: _ID.sub(lambda said: f'"{key_of(said[1] or said[2])}"', found[0]), html)


class WebAddressBlock(URLBlock):
    """A web address. An invalid one, which did not come from the form, is read as empty."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field.validators = [URLValidator(schemes=WEB), *kwargs.get("validators", ())]

    def to_python(self, value: Any) -> Any:
        return value if not value or scheme(str(value)) in WEB else ""

    def deconstruct(self) -> tuple[str, Sequence[object], dict[str, object]]:
        """As Wagtail's block, so that migrations do not depend on the validation."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.URLBlock", args, kwargs
