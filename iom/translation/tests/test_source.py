"""The rows of localize that `content.source` writes are the same as localize's own."""

import pytest
from django.db import transaction
from wagtail.models import Page
from wagtail_localize.models import (
    OverridableSegment,
    RelatedObjectSegment,
    String,
    StringSegment,
    StringTranslation,
    Template,
    TemplateSegment,
    TranslatableObject,
    TranslationContext,
    TranslationSource,
)

from iom.tests.addresses import page
from iom.tests.factories import ArticleFactory
from iom.translation.content import source
from iom.translation.tests.desk import body
from newsroom.models import NewsArticle

SEGMENTS = (StringSegment, TemplateSegment, RelatedObjectSegment, OverridableSegment)
OF_SEGMENTS = {
    StringSegment: ["context__path", "order", "string__data", "string__data_hash", "string__locale", "attrs"],
    TemplateSegment: [
        "context__path", "order", "template__uuid", "template__template", "template__template_format",
        "template__string_count",
    ],
    RelatedObjectSegment: ["context__path", "order", "object", "object__content_type"],
    OverridableSegment: ["context__path", "order", "data_json"],
}  # fmt: skip


class RolledBack(Exception):
    pass


def rows(instance):
    """Returns localize's rows of a page, without keys and times."""
    row = TranslationSource.objects.get(object=instance.translation_key, locale=instance.locale_id)
    contexts = TranslationContext.objects.filter(object=instance.translation_key)
    return {
        "source": [row.specific_content_type, row.object_repr, row.content_json, row.schema_version],
        "object": list(TranslatableObject.objects.filter(pk=instance.translation_key).values()),
        "contexts": sorted(contexts.values_list("path", "path_id", "field_path")),
        **{
            model.__name__: list(model.objects.filter(source=row).order_by("order", "pk").values_list(*names))
            for model, names in OF_SEGMENTS.items()
        },
    }


def write_and_roll_back(write, before, instance):
    """Returns the rows after `write`, and rolls it back."""
    found = {}
    try:
        with transaction.atomic():
            for it in before:
                write(it)
            write(instance)
            found = rows(instance)
            raise RolledBack
    except RolledBack:
        return found


def delete_source_rows():
    """Deletes all of localize's rows, as if nothing had been submitted."""
    for model in (
        *SEGMENTS,
        StringTranslation,
        TranslationSource,
        TranslationContext,
        Template,
        String,
        TranslatableObject,
    ):
        model.objects.all().delete()


def write_with_localize(instance):
    return TranslationSource.update_or_create_from_instance(instance)[0]


def assert_same_rows(*before_and_instance):
    *before, instance = before_and_instance
    ours = write_and_roll_back(source.update_or_create_source, before, instance)
    assert ours == write_and_roll_back(write_with_localize, before, instance)
    return ours


def test_the_same_rows_are_written_for_every_kind_of_page_of_the_demonstration(db):
    """One page for each page type and each set of block types."""
    delete_source_rows()
    pages = {
        (type(it), *sorted({block.block_type for block in getattr(it, "body", [])})): it
        for it in Page.objects.filter(depth__gt=1).specific()
    }
    found = [assert_same_rows(it) for it in pages.values()]
    assert len({type(it) for it in pages.values()}) >= 6
    assert all(rows["StringSegment"] for rows in found)
    assert {kind for rows in found for kind, value in rows.items() if value} >= {
        "StringSegment", "TemplateSegment", "OverridableSegment"
    }  # fmt: skip


def copy_of(article):
    return NewsArticle.objects.get(pk=article.pk)


CHANGES = {
    "one sentence": lambda it: setattr(it, "body", body("Un.", "Autre.", "Trois.")),
    "a passage more, in the middle": lambda it: setattr(it, "body", body("Un.", "Nouveau.", "Deux.", "Trois.")),
    "a passage less": lambda it: setattr(it, "body", body("Un.", "Trois.")),
    "the same words twice": lambda it: setattr(it, "body", body("Un.", "Un.", "Un.")),
    "no text": lambda it: setattr(it, "body", []),
    "an emptied field": lambda it: setattr(it, "summary", ""),
    "links": lambda it: setattr(
        it, "body", body('Le <a href="https://a.example">un</a> et <a href="https://b.example">deux</a>.', "Deux.")
    ),
    "marks": lambda it: setattr(it, "body", body('Le 1<sup>er</sup> <span lang="es">Hola</span> & <b>gras</b>.')),
    "nothing": lambda it: None,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_the_same_rows_of_a_changed_page_are_kept_created_and_deleted(db, change):
    article = ArticleFactory(title="Titre", body=body("Un.", "Deux.", "Trois."))
    before, changed = copy_of(article), copy_of(article)
    change(changed)
    assert_same_rows(before, changed)
    assert_same_rows(before, changed, copy_of(article))


def test_an_unchanged_page_keeps_its_rows(db):
    article = ArticleFactory(title="Titre", body=body("Un.", "Deux."))
    kept = source.update_or_create_source(article)
    before = set(StringSegment.objects.filter(source=kept).values_list("pk", flat=True))
    article.body = body("Un.", "Autre.")
    source.update_or_create_source(article)
    after = set(StringSegment.objects.filter(source=kept).values_list("pk", flat=True))
    assert len(before & after) == len(before) - 1


def test_a_page_with_every_block_is_written_the_same(db):
    delete_source_rows()
    assert assert_same_rows(page("article with every block", "fr"))["StringSegment"]
