"""Dates, numbers, sizes, telephones and names of languages in the format of each language."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from iom.core.blocks import KeyFiguresBlock
from iom.core.templatetags import site

NARROW, WIDE = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.fixture
def french():
    with translation.override("fr"):
        yield


@pytest.fixture
def english():
    with translation.override("en"):
        yield


def test_a_french_date(french):
    assert site.date_text(date(2016, 3, 2)) == "2 mars 2016"
    assert site.date_text(date(2016, 3, 1)) == "1er mars 2016"
    assert site.date_text(date(2016, 8, 11)) == "11 août 2016"
    assert site.date_long(date(2016, 3, 1)) == '<time datetime="2016-03-01">1<sup>er</sup> mars 2016</time>'


def test_an_english_date_is_written_as_the_united_nations_write_it(english):
    assert site.date_text(date(2016, 3, 1)) == "1 March 2016"
    assert site.date_long(date(2016, 3, 1)) == '<time datetime="2016-03-01">1 March 2016</time>'


def test_the_day_of_a_moment_is_the_day_in_zurich(english):
    assert site.date_text(datetime(2026, 6, 30, 22, 30, tzinfo=UTC)) == "1 July 2026"


def test_a_missing_date_gives_an_empty_text(french):
    assert site.date_text(None) == site.date_long(None) == ""


@pytest.mark.parametrize("value", [25000, Decimal(25000), 25000.0])
def test_a_number_in_french_is_kept_on_one_line(french, value):
    assert site.number(value) == f"25{NARROW}000"


def test_a_fraction_has_a_comma_in_french(french):
    assert site.number(Decimal("1.2")) == "1,2"


@pytest.mark.parametrize(("value", "written"), [("0.0004", "0,0004"), ("2.123456", "2,123456"), ("31.50", "31,5")])
def test_a_number_has_all_the_decimals_that_were_entered(french, value, written):
    assert site.number(Decimal(value)) == written


def test_a_number_in_english(english):
    assert site.number(25000) == "25,000"
    assert site.number(Decimal("1.2")) == "1.2"


def test_other_values_than_numbers_stay_unchanged(french):
    assert site.number("25 000 ou plus") == "25 000 ou plus"
    assert site.number(None) == ""


def test_a_year_has_no_thousands_separator(english):
    assert site.year(Decimal(1951)) == "1951"


@pytest.mark.parametrize(
    ("size", "english_size"),
    [
        (0, ""),
        (None, ""),
        (500, "1 KB"),
        (1023, "1 KB"),
        (122_880, "120 KB"),
        (1_572_864, "1.5 MB"),
        (3 * 1024**3, "3 GB"),
    ],
)
def test_the_size_of_a_file(english, size, english_size):
    assert site.filesize(size) == english_size.replace(" ", WIDE)


def test_a_telephone_is_shown_as_it_is_dialled():
    assert site.phone_display("+201024938965").startswith("+20")
    assert site.phone_display("") == ""


@pytest.mark.parametrize(("code", "other"), [("ar", True), ("en", True), ("fr", False), ("", False), (None, False)])
def test_words_in_another_language_are_told_from_those_of_the_page(french, code, other):
    assert site.is_other_language(code) is other


def test_a_page_of_one_territory_is_no_other_language(settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("pt-br", "Português (Brasil)")]
    with translation.override("pt-br"):
        assert [code for code in ("pt-br", "pt", "es") if site.is_other_language(code)] == ["es"]


def test_words_in_another_language_have_lang_and_dir(french):
    assert site.lang_attr("ar") == ' lang="ar" dir="rtl"'
    assert site.language_label("ar") == '<span lang="ar" dir="rtl">العربية</span>'
    assert site.lang_attr("fr") == site.language_label("fr") == site.lang_attr("") == ""


def test_a_document_says_language_type_and_size(english):
    document = SimpleNamespace(file_extension="pdf", file_size=122_880, language="fr")

    assert site.document_meta(document) == f'<span lang="fr" dir="ltr">Français</span> (PDF, 120{WIDE}KB)'


def test_a_document_in_the_language_of_the_page_does_not_say_so(english):
    document = SimpleNamespace(file_extension="pdf", file_size=None, language="en")

    assert site.document_meta(document) == "(PDF)"


@pytest.mark.parametrize(
    ("url", "parent"),
    [("/fr/actualites/x/", "/fr/actualites/"), ("/fr/actualites/", "/fr/"), ("/fr/", ""), ("", ""), (None, "")],
)
def test_the_address_above_an_address(url, parent):
    assert site.parent_url(url) == parent


@pytest.mark.parametrize(
    ("name", "letters"), [("Amy Pope", "AP"), ("Ana Lucía Ferreira", "AF"), ("Œdipe", "Œ"), ("", "")]
)
def test_a_name_without_a_portrait_has_its_initials(name, letters):
    assert site.initials(name) == letters


@pytest.mark.parametrize(
    ("language", "said"), [("en", "31.5 per cent of patients"), ("fr", f"31,5{WIDE}% of patients")]
)
def test_a_percentage_is_written_out_where_the_language_does_so(language, said):
    block = KeyFiguresBlock()
    stored = {"title": "", "figures": [{"number": "31.5", "unit": "%", "label": "of patients"}]}
    with translation.override(language):
        assert block.passages(block.to_python(stored)) == ["", f"- {said}"]


@pytest.mark.parametrize(
    ("source", "day", "said"),
    [
        ({"source": "IOM", "source_url": "https://example.org/"}, "2026-04-30", "IOM, 30 April 2026"),
        ({"source": "IOM"}, "2026-04-30", "IOM, 30 April 2026"),
        ({"source": "IOM"}, None, "IOM"),
        ({}, "2026-04-30", "30 April 2026"),
    ],
)
def test_the_source_of_a_figure_and_its_date_are_told_apart_by_a_comma(english, source, day, said):
    block = KeyFiguresBlock()
    stored = {"title": "", "figures": [{"number": "31.5", "label": "of patients", "date": day} | source]}
    html = block.render(block.to_python(stored))
    said_of_source = re.search(r'"figures-source">(.*?)</dd>', html, re.DOTALL)
    assert " ".join(strip_tags(said_of_source[1]).split()) == said


@pytest.mark.parametrize(
    ("email", "html"),
    [("press@example.org", "press<wbr>@example.org"), ("<b>@x.org", "&lt;b&gt;<wbr>@x.org")],
)
def test_a_narrow_line_breaks_an_email_address_before_its_at(email, html):
    assert site.breakable(email) == html
