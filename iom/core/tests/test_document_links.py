"""Links to documents in running text."""

import pytest
from django.utils.translation import override
from wagtail.rich_text import expand_db_html

from iom.media.models import SiteDocument

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "of_document", "told"),
    [
        ("fr", "en", ' hreflang="en" data-file="English, PDF, 120\u00a0ko"'),
        ("fr", "fr", ' data-file="PDF, 120\u00a0ko"'),
        ("en", "", ' data-file="PDF, 120\u00a0KB"'),
    ],
)
def test_a_link_says_the_language_the_type_and_the_size_of_the_document(language, of_document, told):
    document = SiteDocument.objects.create(
        title="Rapport", file="rapport.pdf", file_size=122_880, language=of_document
    )
    with override(language):
        html = expand_db_html(f'<p><a linktype="document" id="{document.pk}">Rapport</a></p>')
    assert html == f'<p><a href="{document.url}"{told}>Rapport</a></p>'


def test_a_link_to_a_deleted_document_is_text_without_address():
    assert expand_db_html('<a linktype="document" id="0">Rapport</a>') == "<a>Rapport</a>"
