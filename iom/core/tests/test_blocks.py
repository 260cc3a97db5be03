"""Each block by itself: its validation, its entry in the block picker, the context of its template."""

import re

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import translation
from django.utils.translation import override
from wagtail.blocks import StructBlockValidationError
from wagtail.blocks.migrations.migrate_operation import MigrateStreamData
from wagtail.blocks.migrations.operations import RenameStreamChildrenOperation
from wagtail.models import Page, get_page_models

from iom.contacts.models import PressContact
from iom.core.blocks import BodyField
from iom.core.tests import bodies
from iom.media.models import SiteDocument, SiteImage
from iom.navigation.tests.pairs import pair, restrict, translate
from iom.tests.factories import ArticleFactory
from newsroom.models import NewsArticle

BODY, KINDS = bodies.BODY, bodies.KINDS


def value(kind, **changes):
    """A complete value of the block, in its native type, with `changes`."""
    (block,) = bodies.article(kind, "fr").body
    for name, change in changes.items():
        block.value[name] = BODY.child_blocks[kind].child_blocks[name].normalize(change)
    return block.value


@pytest.mark.parametrize("kind", KINDS)
def test_a_complete_block_is_accepted(db, kind):
    BODY.child_blocks[kind].clean(value(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_the_block_picker_tells_every_block_from_the_others(kind):
    block = BODY.child_blocks[kind]
    others = [other for name, other in BODY.child_blocks.items() if name != kind]

    assert block.label
    assert block.get_description()
    assert str(block.label) not in [str(other.label) for other in others]
    assert block.get_description() not in [other.get_description() for other in others]
    assert block.is_previewable


@pytest.mark.parametrize("kind", KINDS)
def test_the_preview_of_a_block_is_a_block_that_its_author_could_have_written(db, kind):
    block = BODY.child_blocks[kind]
    preview = block.get_preview_value()

    block.clean(block.to_python(block.get_prep_value(preview)))
    assert re.sub(r"<[^>]*>|\s", "", block.render(preview))


@pytest.mark.parametrize("kind", KINDS)
def test_a_site_without_pictures_documents_or_contacts_shows_the_block_picker_all_the_same(db, kind):
    PressContact.objects.all().delete()
    NewsArticle.objects.update(lead_picture=None)
    SiteImage.objects.all().delete()
    SiteDocument.objects.all().delete()
    block = BODY.child_blocks[kind]

    block.render(block.get_preview_value())


def refused(kind, block_value):
    """Returns the validation errors of the block by field."""
    with translation.override("en"):
        with pytest.raises(StructBlockValidationError) as refusal:
            BODY.child_blocks[kind].clean(block_value)
        return {name: error.messages[0] for name, error in refusal.value.block_errors.items()}


def test_a_picture_needs_an_alternative_text_or_says_that_it_is_decorative(db):
    assert refused("picture", value("picture", alt="")) == {
        "alt": "Write an alternative text or mark the picture as decorative."
    }

    BODY.child_blocks["picture"].clean(value("picture", alt="", decorative=True))


def test_a_picture_of_a_gallery_needs_one_too(db):
    gallery = value("gallery")
    gallery["pictures"][1]["alt"] = ""

    with pytest.raises(StructBlockValidationError):
        BODY.child_blocks["gallery"].clean(gallery)


def test_a_gallery_has_two_pictures_or_more(db):
    gallery = value("gallery")
    del gallery["pictures"][1]

    with pytest.raises(StructBlockValidationError):
        BODY.child_blocks["gallery"].clean(gallery)


def test_a_video_needs_captions_or_a_transcript(db):
    assert refused("video", value("video", captions=None, transcript="")) == {
        "transcript": "Add captions or a transcript, for people who cannot hear the video."
    }

    BODY.child_blocks["video"].clean(value("video", captions=None))
    BODY.child_blocks["video"].clean(value("video", transcript=""))


@pytest.mark.parametrize(("kind", "gaps"), [("picture", {"alt": ""}), ("video", {"captions": None, "transcript": ""})])
def test_a_draft_is_saved_before_everything_is_written(db, kind, gaps):
    """Wagtail defers required fields until publication. A block that refuses a draft would lose it."""
    BODY.child_blocks[kind].clean_deferred(value(kind, **gaps))


@pytest.mark.parametrize(
    ("kind", "name", "wrong"),
    [
        ("video", "url", "not an address"),
        ("quote", "language", "xx"),
        ("quote", "text", ""),
    ],
)
def test_values_that_readers_could_not_use_are_refused(db, kind, name, wrong):
    assert name in refused(kind, value(kind, **{name: wrong}))


def test_a_heading_cannot_be_empty():
    with pytest.raises(ValidationError):
        BODY.child_blocks["heading"].clean("")


@pytest.mark.parametrize(
    ("url", "is_file"),
    [
        ("https://media.example.org/a.mp4", True),
        ("https://media.example.org/a.WEBM?token=1", True),
        ("https://video.example.org/watch?v=a.mp4", False),
    ],
)
def test_a_video_is_played_here_where_its_address_is_a_file_else_linked_to(db, url, is_file):
    assert value("video", url=url).is_file is is_file
    assert value("video", url=url).host == url.split("/")[2]


@pytest.mark.parametrize("locale", ["fr", "en"])
def test_a_quotation_in_arabic_is_set_from_the_right_between_marks_that_turn_and_its_source_as_the_page(db, locale):
    with override(locale):
        html = BODY.child_blocks["quote"].render(
            value("quote", language="ar", text="كلمات\n\nأخرى", speaker="Awa", role="Cheffe")
        )
    assert '<figure class="quote" dir="rtl">' in html
    assert '<blockquote class="quote-text" lang="ar" dir="rtl">' in html
    assert "<p>«كلمات</p>" in html
    assert "<p>أخرى»</p>" in html
    assert '<figcaption class="quote-source" dir="ltr">' in html


@pytest.mark.parametrize(("locale", "marks"), [("fr", "«\u202f{}\u202f»"), ("en", "“{}”")])
@pytest.mark.parametrize("language", ["", "sw"])
def test_any_other_quotation_has_the_marks_and_the_direction_of_the_page(db, locale, marks, language):
    with override(locale):
        html = BODY.child_blocks["quote"].render(value("quote", language=language, text="Maneno"))
    assert '<figure class="quote">' in html
    assert marks.format("Maneno") in html
    assert '<figcaption class="quote-source">' in html


def test_a_link_says_its_language_in_that_language(db):
    link = value("links")["items"][0]
    link["language"] = "en"
    assert link.language_own_name == "English"


def test_a_contact_box_shows_who_answers_and_leaves_out_a_contact_that_was_deleted(db):
    box = bodies.article("contact_box", "fr").body[0].value
    name = PressContact.objects.order_by("pk")[0].name
    assert [card.name for card in box.cards] == [name]

    PressContact.objects.order_by("pk")[0].delete()
    without = NewsArticle(
        body=[{"type": "contact_box", "id": "1", "value": {"contacts": [999_999], "media_only": True}}]
    )

    assert without.body[0].value.cards == []


def test_all_contact_boxes_of_a_text_ask_the_database_once_per_box_for_contacts_and_offices(
    db, django_assert_num_queries
):
    pks = list(PressContact.objects.values_list("pk", flat=True))
    contacts = [{"type": "item", "value": pk, "id": str(pk)} for pk in pks]
    article = NewsArticle(
        body=[{"type": "contact_box", "id": "1", "value": {"contacts": contacts, "media_only": True}}]
    )

    with django_assert_num_queries(1):
        assert len([contact.office.name for contact in article.body[0].value["contacts"]]) == len(pks)


def links(*pages):
    """Returns the addresses in the template context of a block of related pages."""
    block = BODY.child_blocks["related_pages"]
    return [link.url for link in block.get_context(block.normalize({"title": "", "pages": list(pages)}))["links"]]


def test_related_pages_are_in_the_readers_language_in_their_order(db):
    first, first_translated = pair(title="Premier")
    second, second_translated = pair(title="Second")

    with translation.override("fr"):
        assert links(second, first) == [second.url, first.url]
    with translation.override("en"):
        assert links(second, first) == [second_translated.url, first_translated.url]


def test_a_related_page_that_the_reader_may_not_see_is_left_out(db):
    hidden, only_french, shown = ArticleFactory(), ArticleFactory(), pair()
    restrict(translate(hidden))
    draft = ArticleFactory(live=False)

    with translation.override("en"):
        assert links(hidden, only_french, draft, shown[0]) == [shown[1].url]


def test_a_related_page_that_was_deleted_is_left_out(db):
    gone = [{"type": "related_pages", "id": "1", "value": {"title": "", "pages": [999_999]}}]
    article = NewsArticle(body=gone)

    assert not Page.objects.filter(pk=999_999).exists()
    assert links(*article.body[0].value["pages"]) == []


def test_each_template_of_a_block_belongs_to_one_that_the_editor_offers():
    files = {f"blocks/{file.name}" for file in (settings.BASE_DIR / "templates" / "blocks").iterdir()}

    assert files == {block.meta.template for block in BODY.child_blocks.values()}


def test_a_new_block_needs_no_migration():
    _name, _path, arguments, options = BodyField(verbose_name="text").deconstruct()

    assert (arguments, options) == ([], {"blank": True, "verbose_name": "text"})
    fields = [field for model in get_page_models() for field in model._meta.fields if field.name == "body"]
    assert fields
    assert all(isinstance(field, BodyField) for field in fields)


def test_a_migration_renames_a_block_that_is_no_longer_defined(db):
    was = {"type": "aside", "value": {"title": "Titre", "text": "<p>Texte</p>"}, "id": "1"}
    page = ArticleFactory(body=bodies.body("heading", "fr"))
    page.save_revision()
    NewsArticle.objects.filter(pk=page.pk).update(body=[was, *bodies.body("heading", "fr")])
    rename = [(RenameStreamChildrenOperation(old_name="aside", new_name="callout"), "")]
    migrate = MigrateStreamData("newsroom", "NewsArticle", "body", rename)

    migrate.code(MigrationLoader(connection).project_state().apps, None)

    stored = list(NewsArticle.objects.get(pk=page.pk).body.get_prep_value())
    assert stored == [was | {"type": "callout"}, *bodies.body("heading", "fr")]
