"""Every kind of block, taken from the code, in the plain text, the archive and the export."""

import pytest
from django.utils.translation import override
from wagtail.blocks import CharBlock
from wagtail.models import Locale

from iom.core.tests import bodies
from iom.media.models import SiteDocument, SiteImage
from newsroom.models import NewsArticle
from newsroom.press import contents, conversion, text_rendering

pytestmark = pytest.mark.django_db

BODY, KINDS = bodies.BODY, bodies.KINDS
# Its poster and captions belong to a player.
WITHOUT_FILES = {"video"}


def article(kind):
    """An article that consists of such a block, not yet in the tree."""
    one = bodies.article(kind, "fr")
    one.locale, one.url_path = Locale.objects.get(language_code="fr"), "/fr/article/"
    return one


@pytest.mark.parametrize("kind", KINDS)
def test_all_its_words_are_in_the_text_for_the_press_or_none(kind):
    (block,) = article(kind).body
    with override("fr"):
        text = text_rendering.article_text(article(kind)) if block.block.passages(block.value) else ""
    assert [words for words in bodies.texts(kind, "fr") if words in text] == (bodies.texts(kind, "fr") if text else [])


@pytest.mark.parametrize("kind", KINDS)
def test_its_pictures_and_documents_are_in_the_archive_for_the_press(kind):
    one = article(kind)
    with override("fr"):
        held = contents.collect(one)
    given = {(SiteImage, shown.image.pk) for shown in (*held.pictures, *held.withheld)}
    given |= {(SiteDocument, document.pk) for document in held.documents}
    chosen = {(model, int(pk)) for model, pk, *_path in BODY.extract_references(one.body)}
    chosen = {(model, pk) for model, pk in chosen if model in (SiteImage, SiteDocument)}
    assert given == (set() if kind in WITHOUT_FILES else chosen)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_exported_or_named_among_what_is_not(kind):
    one = article(kind)
    parts = conversion.to_parts(one)
    with override("fr"):
        written = text_rendering.release_text(conversion.to_release(one, parts))
    assert kind in parts[0].loss or all(words in written for words in bodies.texts(kind, "fr"))


def test_a_kind_that_is_new_is_not_left_out_unseen(monkeypatch):
    body = NewsArticle._meta.get_field("body").stream_block
    monkeypatch.setitem(body.child_blocks, "new_kind", CharBlock())
    one = article("heading")
    one.body = [{"type": "new_kind", "value": "Words", "id": "1"}]
    with override("fr"), pytest.raises(AttributeError, match="passages"):
        contents.collect(one)


def test_an_empty_paragraph_says_nothing():
    one = article("paragraph")
    one.body = [{"type": "paragraph", "value": "<p></p>", "id": "1"}]
    with override("fr"):
        assert one.title in text_rendering.article_text(one)
