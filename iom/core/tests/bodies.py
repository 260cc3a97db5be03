"""Example blocks of each kind, made from their definitions, with text in a language and values for all languages.

Text and rich text differ by language. Names, addresses, numbers, dates, choices and records are the same in all.
"""

from functools import partial

from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.models import Page

from iom.core.blocks import BodyBlock
from iom.core.blocks.shared import SharedCharBlock
from newsroom.models import NewsArticle

BODY = BodyBlock()
KINDS = list(BODY.child_blocks)


def example(block, name, words, same):
    """Returns a stored value. `words(name)` returns the text at a place, `same(one, other)` one of two other values."""
    match block:
        case blocks.StructBlock():
            return {part: example(child, f"{name} {part}", words, same) for part, child in block.child_blocks.items()}
        case blocks.ListBlock():
            values = (example(block.child_block, f"{name} {n}", words, same) for n in range(block.meta.min_num or 1))
            return [{"type": "item", "value": value, "id": f"{name} {n}"} for n, value in enumerate(values)]
        case TypedTableBlock():
            return _table(partial("{} {}".format, name), words)
        case blocks.RichTextBlock() if "ul" in block.features:
            return f"<p>{words(name)} <b>{words(f'{name} bold')}</b></p><ul><li>{words(f'{name} point')}</li></ul>"
        case blocks.RichTextBlock():
            return f"<p>{words(name)}</p>"
        case SharedCharBlock():
            return same("Mohammed", "Someone else")
        case blocks.CharBlock() | blocks.TextBlock():
            return words(name)
        case blocks.URLBlock():
            return same("https://media.example.org/one.mp4", "https://media.example.org/other.mp4")
        case blocks.BooleanBlock():
            return same(False, True)
        case blocks.ChoiceBlock():
            choices = [value for value, _label in block.field.choices if value]
            return same(choices[0], choices[-1])
        case blocks.DecimalBlock():
            return same("25000", "3.5")
        case blocks.DateBlock():
            return same("2016-02-29", "2020-01-01")
        case blocks.ChooserBlock():
            return same(*_two_records(block.model_class, number=int(name[-1]) if name[-1].isdigit() else 0))
    raise AssertionError(f"Add an example value for {block!r} here.")


def _table(place, words):
    columns = [{"type": "text", "heading": words(place(f"{column} heading"))} for column in ("first", "second")]
    rows = [[words(place("first cell")), words(place("second cell"))], ["", words(place("last cell"))]]
    return {
        "columns": columns,
        "rows": [{"values": row} for row in rows],
        "caption": words(place("caption")),
    }


def _two_records(model, number):
    found = model.objects.filter(depth=3, locale__language_code="fr") if model is Page else model.objects.all()
    return found.order_by("pk").values_list("pk", flat=True)[number : number + 2]


def texts(kind, language):
    """Returns the texts of the block in that language, in the order of the page."""
    names = []
    example(BODY.child_blocks[kind], kind, lambda name: names.append(name) or name, lambda one, _other: one)
    return [f"{name} in {language}" for name in names]


def body(kind, language, other=False):
    """Returns StreamField data of one block with text in `language`. With `other`, all other values differ."""
    words, same = (lambda name: f"{name} in {language}"), (lambda one, another: another if other else one)
    value = example(BODY.child_blocks[kind], kind, words, same)
    return [{"type": kind, "value": value, "id": f"{kind}-block"}]


def older(kind, language):
    """Returns StreamField data as stored before the block had its optional fields."""
    (child,) = body(kind, language)
    return [child | {"value": _older(BODY.child_blocks[kind], child["value"])}]


def _older(block, value):
    match block:
        case blocks.StructBlock():
            there = {name: child for name, child in block.child_blocks.items() if _has_to_be_there(child)}
            return {name: _older(child, value[name]) for name, child in there.items()}
        case blocks.ListBlock():
            return [item | {"value": _older(block.child_block, item["value"])} for item in value]
    return value


def _has_to_be_there(block):
    return not isinstance(block, blocks.FieldBlock) or block.required or getattr(block, "required_on_save", False)


def article(kind, language, other=False):
    """Returns an article with one such block, not yet in the tree."""
    return NewsArticle(
        title=f"title in {language}", summary=f"summary in {language}", body=body(kind, language, other)
    )


def stored(page):
    """Returns the stored value of the block."""
    (only,) = page.body.get_prep_value()
    return only["value"]
