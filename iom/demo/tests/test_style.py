"""The page of components, which only developers can open."""

import re

import pytest
from django.conf import settings
from django.test import override_settings

from iom.core.blocks import BodyBlock
from iom.tests.addresses import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
@override_settings(ROOT_URLCONF="iom.demo.urls")
def test_every_block_and_colour_is_on_it(visitor, language):
    page = visitor.get("/-/style/", {"language": language}).content.decode()

    assert f'<html lang="{language}"' in page
    assert page.count('id="block-') == len(BodyBlock().child_blocks)
    for part in (
        "filters",
        "notice",
        "correction",
        "pagination",
        "contact-box",
        "chart-node",
        "cards",
        "rows",
        "quote",
    ):
        assert f'class="{part}' in page, part
    assert '<figure class="quote" dir="rtl">' in page, "words that run against the page"
    styles = (settings.BASE_DIR / "static/css/style-page.css").read_text()
    shown = set(re.findall(r'data-colour="([\w-]+)"', page))
    assert shown == set(re.findall(r'\[data-colour="([\w-]+)"\]', styles)), "each colour has its swatch"


def test_visitors_get_404_for_the_page_of_components(visitor):
    assert visitor.get("/-/style/").status_code == 404
