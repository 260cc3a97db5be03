"""The file formats of translations, and the recognition of a file's format."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext

from iom.core.files import UnusableFile, check_size
from iom.translation.exchange import po, xliff, xml
from iom.translation.exchange.document import Document
from iom.translation.exchange.importing import MAX_FILE_SIZE, ParsedTranslation

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
ACCEPTED = ".po,.xlf,.xliff"  # for the browser's file dialog only; `read` recognizes the format by the content


def read(content: bytes) -> list[ParsedTranslation]:
    """Returns the translations in a file of any format, which is recognized by its content. Raises UnusableFile."""
    if not content.strip():
        raise UnusableFile(gettext("The file is empty."))
    check_size(len(content), MAX_FILE_SIZE)
    if content.startswith(ZIP):
        raise UnusableFile(gettext("This is an archive. Upload it on the screen “Exchange files”."))
    if not content.lstrip().startswith(xml.FIRST_BYTES):
        return po.read(content)
    root = xml.parse(content)
    if root.tag != f"{{{xliff.NAMESPACE}}}xliff":
        text = gettext("This is no XLIFF file of version 1.2, but “%(name)s”. Choose another file.")
        raise UnusableFile(text % {"name": xml.name(root)})
    translations = xliff.read(root)
    if not translations:
        raise UnusableFile(gettext("The file contains no translation."))
    return translations
