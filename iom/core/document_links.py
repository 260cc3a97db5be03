"""Adds language, type and size to links to documents in running text, as the block of documents does."""

from typing import Any

from django.utils.html import format_html
from wagtail.documents.rich_text import DocumentLinkHandler

from iom import languages
from iom.core.templatetags.site import filesize, is_other_language
from iom.links import parse_key
from iom.media.models import SiteDocument


class DescribedDocumentLinkHandler(DocumentLinkHandler):
    """Puts type, size and any other language than the page's into `data-file`, which a style sheet shows."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        documents = cls.get_many([{"id": parse_key(attrs.get("id"))} for attrs in attrs_list])
        return [_opening_tag(document) if document else "<a>" for document in documents]


def _opening_tag(document: SiteDocument) -> str:
    is_other = is_other_language(document.language)
    hreflang = format_html(' hreflang="{}"', document.language) if is_other else ""
    parts = (
        languages.own_name(document.language) if is_other else "",
        document.file_extension.upper(),
        filesize(document.file_size),
    )
    return format_html('<a href="{}"{} data-file="{}">', document.url, hreflang, ", ".join(filter(None, parts)))
