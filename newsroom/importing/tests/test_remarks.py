"""Remarks of an import are stored as data and rendered in the reader's language."""

import datetime
import string

import pytest
from django.urls import reverse
from django.utils.translation import gettext, override

from newsroom.importing.remarks import TEXTS, remark, remark_text
from newsroom.importing.tests.contact_lines import release
from newsroom.importing.tests.site import FRENCH, UNDATED, write
from newsroom.importing.writer import get_news_index, write_draft
from newsroom.models import ImportedText


def values(text):
    names = [part.split(")")[0] for part in text.split("%(")[1:]]
    return dict.fromkeys(names, 3)


@pytest.mark.parametrize("code", TEXTS)
def test_each_remark_has_words_of_its_own_in_each_language(code):
    stored = remark(code, **values(TEXTS[code]))
    texts = {}
    for language in ("fr", "en"):
        with override(language):
            texts[language] = remark_text(stored)
    assert texts["fr"] != texts["en"]
    assert all("%(" not in text and text.strip(string.punctuation) for text in texts.values())


def test_a_date_is_written_as_the_reader_writes_it():
    stored = remark("files beside", day=datetime.date(2016, 3, 1))
    with override("fr"):
        assert "1er mars 2016" in remark_text(stored)
    with override("en"):
        assert "1 March 2016" in remark_text(stored)


def test_a_remark_stored_by_a_later_version_can_still_be_rendered():
    assert remark_text({"code": "of tomorrow", "day": "9 mars"}) == "of tomorrow"


def sentences(value):
    """Returns all strings in a stored value, without the codes of remarks."""
    if isinstance(value, dict):
        return [text for name, one in value.items() if name != "code" for text in sentences(one)]
    return [text for one in value for text in sentences(one)] if isinstance(value, list | tuple) else [value]


@pytest.mark.django_db
def test_an_import_stores_no_sentence_of_the_interface_in_whatever_language_it_runs():
    text = (
        UNDATED.split("Pour plus d’informations")[0] + "\nConnexe\n\nUn autre article\n\nContact : +41 22 555 01 40\n"
    )
    stored = {}
    for language in ("fr", "en"):
        with override(language):
            record = ImportedText.objects.get(page=write(text.replace("300", {"fr": "301", "en": "302"}[language])).pk)
            stored[language] = [record.left_out, record.notes, record.report["proposal"]]
            known = {gettext(one) for one in TEXTS.values()}
        assert not known & set(map(str, sentences(stored[language])))
    assert stored["fr"] == stored["en"]


@pytest.mark.django_db
def test_each_officer_reads_the_note_in_the_officers_own_language(sign_in):
    with override("fr"):
        article = write(FRENCH.replace("« Nous", "Menu\n\n« Nous") + "\nContact : +41 22 555 01 40\n")
    client, pages = sign_in("officer"), {}
    for language in ("fr", "en"):
        client.defaults["HTTP_ACCEPT_LANGUAGE"] = language
        pages[language] = client.get(reverse("wagtailadmin_pages:edit", args=[article.pk])).content.decode()
    for code in ("contact", "contact unclear"):
        for language, other in (("fr", "en"), ("en", "fr")):
            with override(language):
                assert remark_text(remark(code)) in pages[language]
            with override(other):
                assert remark_text(remark(code)) not in pages[language]


@pytest.mark.django_db
def test_an_article_without_a_title_is_called_untitled_in_its_own_language():
    with override("fr"):
        article = write_draft(release({"locale": "en", "lines": []}), get_news_index("en"), None)
        assert article.title == "A bridge joins both banks"
        untitled = write_draft(type(release({"locale": "en", "lines": []}))(locale="en"), get_news_index("en"), None)
    assert untitled.title == "Untitled"
