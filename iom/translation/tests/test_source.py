"""localize's rows, written in a few statements, are those that localize itself would have written."""

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


class Undone(Exception):
    pass


def rows(instance):
    """What localize knows of a page, without keys and times."""
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


def written(write, before, instance):
    """The rows after `write`, which is undone."""
    found = {}
    try:
        with transaction.atomic():
            for it in before:
                write(it)
            write(instance)
            found = rows(instance)
            raise Undone
    except Undone:
        return found


def forget():
    """As if nothing had ever been submitted."""
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


def theirs(instance):
    return TranslationSource.update_or_create_from_instance(instance)[0]


def both(*before_and_instance):
    *before, instance = before_and_instance
    ours = written(source.store, before, instance)
    assert ours == written(theirs, before, instance)
    return ours


def test_of_every_kind_of_page_of_the_demonstration_the_same_rows_are_written(db):
    """Of each type, and each choice of blocks."""
    forget()
    pages = {
        (type(it), *sorted({block.block_type for block in getattr(it, "body", [])})): it
        for it in Page.objects.filter(depth__gt=1).specific()
    }
    found = [both(it) for it in pages.values()]
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
def test_of_a_changed_page_the_same_rows_are_kept_made_and_deleted(db, change):
    article = ArticleFactory(title="Titre", body=body("Un.", "Deux.", "Trois."))
    before, changed = copy_of(article), copy_of(article)
    change(changed)
    both(before, changed)
    both(before, changed, copy_of(article))


def test_what_has_not_changed_keeps_its_rows(db):
    article = ArticleFactory(title="Titre", body=body("Un.", "Deux."))
    kept = source.store(article)
    before = set(StringSegment.objects.filter(source=kept).values_list("pk", flat=True))
    article.body = body("Un.", "Autre.")
    source.store(article)
    after = set(StringSegment.objects.filter(source=kept).values_list("pk", flat=True))
    assert len(before & after) == len(before) - 1


def test_a_page_with_every_block_is_written_the_same(db):
    forget()
    assert both(page("article with every block", "fr"))["StringSegment"]
