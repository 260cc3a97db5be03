"""The formats of a translation: how each is written, and which of them a file has."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext

from iom.core.files import Unusable, check_size
from iom.translation.exchange import po, xliff, xml
from iom.translation.exchange.document import Document
from iom.translation.exchange.importing import LARGEST, Sheet

ZIP = b"PK"


@dataclass(frozen=True)
class Format:
    name: str
    label: str
    extension: str
    media_type: str
    write: Callable[[Document], bytes]


FORMATS = {
    one.name: one
    for one in (
        Format("xliff", "XLIFF 1.2", "xlf", "application/x-xliff+xml", xliff.write),
        Format("omegat", "XLIFF 1.2 (OmegaT)", "xlf", "application/x-xliff+xml", partial(xliff.write, copies=True)),
        Format("po", "PO", "po", "text/x-gettext-translation; charset=utf-8", po.write),
    )
}
ACCEPTED = ".po,.xlf,.xliff"  # in the browser's dialog; what counts is the content


def read(content: bytes) -> list[Sheet]:
    """The translations in a file of any format, recognized by its content. Raises Unusable."""
    if not content.strip():
        raise Unusable(gettext("The file is empty."))
    check_size(len(content), LARGEST)
    if content.startswith(ZIP):
        raise Unusable(gettext("This is an archive. Upload it on the screen “Exchange files”."))
    if not xml.is_xml(content):
        return po.read(content)
    root = xml.parse(content)
    if root.tag != f"{{{xliff.NAMESPACE}}}xliff":
        text = gettext("This is no XLIFF file of version 1.2, but “%(name)s”. Choose another file.")
        raise Unusable(text % {"name": xml.name(root)})
    sheets = xliff.read(root)
    if not sheets:
        raise Unusable(gettext("The file contains no translation."))
    return sheets
