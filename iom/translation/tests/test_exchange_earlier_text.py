"""A file that was downloaded before the original changed: what it translates is not lost."""

import html

import polib
import pytest
from bs4 import BeautifulSoup
from wagtail_localize.models import TranslationContext

from iom.tests.factories import ArticleFactory
from iom.translation.tests import desk, screen
from iom.translation.tests.exchanging import download, translate, upload, written
from iom.translation.workflow.writing import write
from newsroom.models import NewsArticle

LINK = '<a href="https://example.org/">deux jours</a>'
FRENCH = [f"Plus de <b>4 500</b> familles ont marché {LINK}.", "La mission soutient douze écoles. Elles ont rouvert."]
ENGLISH = {
    "body.0": 'More than <b>4,500</b> families walked <a id="a1">two days</a>.',
    "body.1": "The mission supports twelve schools. They have reopened.",
}


def translated_file(content, name):
    """The file with its translations, as an agency returns it."""
    if name == "xliff":
        codes = ENGLISH["body.0"].replace("<b>", '<g id="1">').replace("</b>", "</g>")
        codes = codes.replace('<a id="a1">', '<g id="2">').replace("</a>", "</g>")
        return translate(content, ENGLISH | {"body.0": codes})
    file = polib.pofile(content.decode())
    for entry in file:
        entry.msgstr = ENGLISH.get(entry.msgctxt, "")
    return str(file).encode()


def previous_translations(client, state):
    """The previous translations that the editor offers, in the order of the passages."""
    soup = BeautifulSoup(client.get(screen.address(state)).content, "html.parser")
    return [html.unescape(text.decode_contents()) for text in soup.select("[data-previous-text]")]


@pytest.fixture
def article(db):
    return ArticleFactory(title="Titre", summary="Résumé.", body=desk.body(*FRENCH))


@pytest.mark.parametrize("name", ["xliff", "po"])
def test_a_translation_of_the_text_before_is_offered_where_the_text_has_changed(sign_in, article, name):
    state, client = desk.submit(article, "en"), sign_in("translator.en")
    file = translated_file(download(client, state, name), name)
    article.body = desk.body(FRENCH[0].replace("4 500", "4 700"), FRENCH[1].removesuffix(" Elles ont rouvert."))
    desk.republish(article)

    outcome = upload(client, state, file)

    assert "2 translate an earlier text of the original. They are offered as previous translations." in outcome
    assert written(state) == {}
    assert previous_translations(client, state) == [ENGLISH["body.0"], "The mission supports twelve schools."]


def test_a_translation_of_the_text_before_is_there_again_with_that_text(sign_in, article):
    state, client = desk.submit(article, "en"), sign_in("translator.en")
    file = translated_file(download(client, state, "xliff"), "xliff")
    article.body = desk.body(FRENCH[0].replace("4 500", "4 700"), FRENCH[1])
    desk.republish(article)
    upload(client, state, file)

    article.body = desk.body(*FRENCH)
    desk.republish(article)

    assert written(state) == ENGLISH
    assert NewsArticle.objects.get(pk=state.page_id).live is False


def test_a_translation_of_a_text_after_the_published_one_is_offered_too(sign_in):
    article = ArticleFactory(title="Titre", summary="Résumé.", body=desk.body("Le train part à huit heures."))
    english = desk.body("The train leaves at eight.")
    state, _page = desk.translated(article, NewsArticle(title="Title", summary="Summary.", body=english))
    client, translation = sign_in("translator.en"), "The train from Geneva leaves at nine."
    article.body = desk.body("Le train de Genève part à neuf heures.")
    desk.republish(article)
    file = translate(download(client, state, "xliff"), {"body.0": translation})
    article.body = desk.body("Le train de Genève part à dix heures.")
    desk.republish(article)

    assert "1 translates an earlier text of the original" in upload(client, state, file)
    assert previous_translations(client, state) == [translation]


def test_a_former_title_is_not_that_of_the_admin_lists(sign_in, article):
    state, client = desk.submit(article, "en"), sign_in("translator.en")
    file = translate(download(client, state, "xliff"), {"title": "Former title"})
    article.title = "Titre nouveau"
    desk.republish(article)
    write(state, screen.segment(state, "title"), "New title", desk.person("translator.en"))

    assert "1 translates an earlier text of the original" in upload(client, state, file)
    assert NewsArticle.objects.get(pk=state.page_id).draft_title == "New title"


def test_what_a_person_has_written_otherwise_for_the_text_before_stays(sign_in, article):
    state, client = desk.submit(article, "en"), sign_in("translator.en")
    file = translated_file(download(client, state, "xliff"), "xliff")
    write(state, screen.segment(state, "body.1"), "Another translation.", desk.person("editor"))
    article.body = desk.body(FRENCH[0], "Douze écoles ont rouvert.")
    desk.republish(article)

    assert "1 was left out: it is not in the original" in upload(client, state, file)
    assert previous_translations(client, state) == ["Another translation."]


def test_a_passage_of_a_block_that_the_site_no_longer_has_is_left_out(sign_in, article):
    state, client = desk.submit(article, "en"), sign_in("translator.en")
    file = translated_file(download(client, state, "po"), "po")
    article.body = []
    desk.republish(article)
    of_blocks = TranslationContext.objects.filter(object=article.translation_key, path__startswith="body.")
    assert of_blocks.update(field_path="body.gone")

    assert "2 were left out: they are not in the original" in upload(client, state, file)


def test_words_that_the_original_never_had_and_broken_tags_are_left_out(sign_in, article):
    state, client = desk.submit(article, "en"), sign_in("translator.en")
    file = translated_file(download(client, state, "po"), "po")
    article.body = desk.body("Un.", "Deux.")
    desk.republish(article)
    file = file.replace(b"<b>4,500</b>", b"<b>4,500").replace(b"La mission", b"Une mission")

    assert "2 were left out: they are not in the original" in upload(client, state, file)
    assert previous_translations(client, state) == []
