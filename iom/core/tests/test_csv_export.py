"""Tables and key figures of a text as CSV files."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.utils.translation import gettext, override
from wagtail.models import PageViewRestriction

from iom.core import csv_export
from iom.core.blocks import BodyBlock
from iom.core.tabular import Tabular
from iom.tests.addresses import LANGUAGES, article
from iom.tests.factories import ArticleFactory
from newsroom.models import NewsArticle

pytestmark = pytest.mark.django_db
TABULAR = [name for name, block in BodyBlock().child_blocks.items() if isinstance(block, Tabular)]
TABLE = {
    "type": "table",
    "id": "0a1b2c3d-0000-4000-8000-000000000000",
    "value": {
        "columns": [{"type": "text", "heading": "Pays"}, {"type": "text", "heading": "Réinstallés"}],
        "rows": [
            {"values": ["Canada", "25\N{NARROW NO-BREAK SPACE}000"]},
            {"values": ["=HYPERLINK(1)", "-5"]},
            {"values": ["Norvège; Suède", "1,5"]},
        ],
        "caption": "Où l’on va",
    },
}


def links(visitor, page):
    html = BeautifulSoup(visitor.get(page.url).content.decode(), "html.parser")
    return [link["href"] for link in html.select(".csv a")]


def read(visitor, address, delimiter):
    answer = visitor.get(address)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    return answer, list(csv.reader(io.StringIO(text[1:]), delimiter=delimiter))


@pytest.mark.parametrize("name", TABULAR)
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_block_that_is_a_table_has_its_file(visitor, name, language):
    assert len(TABULAR) >= 2
    one = article("every-block", language)
    blocks = [child for child in one.body if child.block_type == name]
    assert blocks
    for block in blocks:
        address = f"{one.url}{csv_export.get_route(block)}/"
        assert address in links(visitor, one)
        answer, rows = read(visitor, address, ";" if language == "fr" else ",")
        with override(language):
            assert len(rows) == len(block.block.rows(block.value))
        assert answer["Content-Type"].startswith("text/csv")
        assert answer["Link"] == f'<{one.full_url}>; rel="canonical"'
        assert f'filename="{one.slug}' in answer["Content-Disposition"]


def test_a_spreadsheet_gets_numbers_and_no_formula(visitor):
    one = ArticleFactory(body=[TABLE], slug="le-canada")
    (address,) = links(visitor, one)
    assert address == f"{one.url}csv-0a1b2c3d/"
    answer, rows = read(visitor, address, ";")
    assert rows == [
        ["Pays", "Réinstallés"],
        ["Canada", "25000"],
        ["'=HYPERLINK(1)", "-5"],
        ["Norvège; Suède", "1,5"],
    ]
    assert 'filename="le-canada-ou-l-on-va.csv"' in answer["Content-Disposition"]


@pytest.mark.parametrize(
    ("language", "written"),
    [("fr", '1000;0,5;2016-03-01;1,234;1234;"a ""b"""\r\n'), ("en", '1000,0.5,2016-03-01,1234,1 2 3,"a ""b"""\r\n')],
)
def test_cells_are_written_as_the_language_writes_numbers(language, written):
    texts = {"fr": ["1,234", "1\N{NO-BREAK SPACE}234"], "en": ["1,234", "1 2 3"]}[language]
    row = [Decimal("1000.000"), Decimal("0.50"), date(2016, 3, 1), *texts, 'a "b"']
    assert csv_export.format_csv([row], language) == f"\ufeff{written}"


def test_figures_say_what_they_count_and_where_they_are_from(visitor):
    one = article("every-block", "en")
    (block,) = [child for child in one.body if child.block_type == "key_figures"][:1]
    _answer, rows = read(visitor, f"{one.url}{csv_export.get_route(block)}/", ",")
    with override("en"):
        assert rows[0][:3] == [gettext("What the number shows"), gettext("Number"), gettext("Unit")]
    assert rows[1][0] == block.value["figures"][0]["label"]
    assert "," not in rows[1][1]


def test_a_page_that_is_not_public_has_no_file(visitor):
    one = ArticleFactory(body=[TABLE])
    (address,) = links(visitor, one)
    PageViewRestriction.objects.create(page=one, restriction_type="login")
    assert visitor.get(address).status_code == 302
    PageViewRestriction.objects.all().delete()
    NewsArticle.objects.get(pk=one.pk).unpublish()
    assert visitor.get(address).status_code == 404
    assert visitor.get(f"{ArticleFactory().url}csv-0a1b2c3d/").status_code == 404


def test_a_draft_of_a_table_is_not_served(visitor):
    one = ArticleFactory(body=[TABLE])
    draft = NewsArticle.objects.get(pk=one.pk)
    draft.body = [TABLE | {"id": "ffffffff-0000-4000-8000-000000000000"}]
    draft.save_revision()
    assert visitor.get(f"{one.url}csv-ffffffff/").status_code == 404
    assert visitor.get(f"{one.url}csv-0a1b2c3d/").status_code == 200
