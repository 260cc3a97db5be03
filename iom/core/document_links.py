"""Links to documents in running text say what is behind them, as the block of documents does."""

from typing import Any

from django.utils.html import format_html
from wagtail.documents.rich_text import DocumentLinkHandler

from iom import languages
from iom.core.templatetags.site import filesize, is_other_language
from iom.links import key_of
from iom.media.models import SiteDocument


class DescribedDocumentLinkHandler(DocumentLinkHandler):
    """`data-file`: the language where it is not the page's, type and size; a style sheet shows it after the link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        documents = cls.get_many([{"id": key_of(attrs.get("id"))} for attrs in attrs_list])
        return [_opened(document) if document else "<a>" for document in documents]


def _opened(document: SiteDocument) -> str:
    is_other = is_other_language(document.language)
    hreflang = format_html(' hreflang="{}"', document.language) if is_other else ""
    said = (
        languages.own_name(document.language) if is_other else "",
        document.file_extension.upper(),
        filesize(document.file_size),
    )
    return format_html('<a href="{}"{} data-file="{}">', document.url, hreflang, ", ".join(filter(None, said)))
