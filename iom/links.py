"""Where a stored link may lead: a web address, an e-mail address, a telephone number, a place of this site.

`check` is asked when a link is written, `is_safe` when it is used: not every way into the database has a form.
"""

import re
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
_HREF = re.compile(r"""\s+href\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)


def scheme(address: str) -> str | None:
    """The scheme as a browser reads it, in small letters; empty for a relative address, None for no address."""
    try:
        return urlsplit(address).scheme
    except ValueError:
        return None


def is_safe(address: str) -> bool:
    """Whether a reader may be led there: never to a script, whatever stands before or within its scheme."""
    return scheme(address) in ("", *SCHEMES)


def check(address: str) -> None:
    """Raises ValidationError, in the user's language, for what no link may lead to."""
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
    """What is said of another link, in the user's language."""
    text = gettext("A link leads to an address that begins with one of these: %(beginnings)s")
    return text % {"beginnings": "https://  http://  mailto:  tel:  /  #"}


def without_scripts(html: str) -> str:
    """Rich text without the addresses of its links that are not safe; the words stay."""
    return _HREF.sub(_kept, html)


def _kept(found: re.Match[str]) -> str:
    address = next(group for group in found.groups() if group is not None)
    return found.group() if is_safe(unescape(address)) else ""


class WebAddressBlock(URLBlock):
    """An address of the web. One that came by another way than the form, and is none, is no address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field.validators = [URLValidator(schemes=WEB), *kwargs.get("validators", ())]

    def to_python(self, value: Any) -> Any:
        return value if not value or scheme(str(value)) in WEB else ""

    def deconstruct(self) -> tuple[str, Any, Any]:
        """As Wagtail's: what is allowed is no matter of the database."""
        _path, args, kwargs = super().deconstruct()
        return "wagtail.blocks.URLBlock", args, kwargs
