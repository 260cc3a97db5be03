"""Fills in the edit form of a page: reads its fields and blocks, and returns the data that a browser would send."""

import itertools

from django import forms
from django.utils import timezone
from wagtail.blocks import FieldBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.test.utils.form_data import rich_text

from iom.core.tests import bodies

# Fields that change what the other fields do: a date of publication, a second page that lists countries, joint
# publication, and fields that contradict another.
NOT_FILLED = {"go_live_at", "expire_at", "lists_countries", "published_together", "picture_decorative", "reports_to"}


def every_block(language):
    """Returns a text with one block of each kind that the editor offers."""
    return bodies.BODY.to_python([block for kind in bodies.KINDS for block in bodies.body(kind, language)])


def block_form_data(block, value, prefix):
    """Returns the data that a browser sends for the value of a block, by field name."""
    if isinstance(block, StreamBlock):
        children = [(child.block, child.value, {"type": child.block_type, "id": child.id}) for child in value]
        return _list_form_data(children, prefix)
    if isinstance(block, ListBlock):
        return _list_form_data(
            [(block.child_block, item.value, {"id": item.id}) for item in value.bound_blocks], prefix
        )
    if isinstance(block, StructBlock):
        parts = [block_form_data(child, value[name], f"{prefix}-{name}") for name, child in block.child_blocks.items()]
        return {name: text for part in parts for name, text in part.items()}
    if isinstance(block, TypedTableBlock):
        return _table_form_data(value, prefix)
    if isinstance(block, RichTextBlock):
        return {prefix: rich_text(value.source, features=block.features)}
    assert isinstance(block, FieldBlock), block
    return _field_form_data(prefix, block.field, block.value_for_form(value))


def _list_form_data(children, prefix):
    data = {f"{prefix}-count": len(children)}
    for number, (block, value, about) in enumerate(children):
        about = {"order": number, "deleted": "", **about}
        data |= {f"{prefix}-{number}-{name}": text for name, text in about.items()}
        data |= block_form_data(block, value, f"{prefix}-{number}-value")
    return data


def _table_form_data(table, prefix):
    columns, rows = list(table.columns), list(table.row_data)
    data = {f"{prefix}-caption": table.caption, f"{prefix}-column-count": len(columns)}
    for number, column in enumerate(columns):
        about = {"type": column["block"].name, "order": number, "deleted": "", "heading": column["heading"]}
        data |= {f"{prefix}-column-{number}-{name}": text for name, text in about.items()}
    data[f"{prefix}-row-count"] = len(rows)
    for number, row in enumerate(rows):
        data |= {f"{prefix}-row-{number}-order": number, f"{prefix}-row-{number}-deleted": ""}
        data |= {f"{prefix}-cell-{number}-{place}": text for place, text in enumerate(row["values"])}
    return data


def _field_form_data(name, field, value):
    """Returns the data of a field. A browser does not send a checkbox that is not ticked."""
    if isinstance(field, forms.BooleanField):
        return {name: "on"} if value else {}
    value = field.prepare_value(value)
    return {name: "" if value is None else getattr(value, "pk", value)}


_numbers = itertools.count()


def value_for(field, words):
    """Returns a valid value for the field; for a text field `words`, cut to its length."""
    if isinstance(field, forms.BooleanField):
        return "on"
    if isinstance(field, forms.ModelChoiceField):
        return field.queryset.order_by("pk").first().pk
    if isinstance(field, forms.MultipleChoiceField):
        return [field.choices[0][0]]
    if isinstance(field, forms.ChoiceField) or hasattr(field, "choices"):
        return next(value for value, _label in field.choices if value)
    if isinstance(field, forms.DateTimeField):
        return timezone.localtime().strftime("%Y-%m-%d %H:%M")
    if isinstance(field, forms.DateField):
        return "2024-05-17"
    if isinstance(field, forms.EmailField):
        return "someone@example.org"
    if isinstance(field, forms.URLField):
        return "https://www.example.org/"
    if isinstance(field, forms.SlugField):
        return f"slug-{next(_numbers)}"
    if isinstance(field, forms.CharField):
        return words[: field.max_length]
    if isinstance(field, forms.IntegerField) and field.required:
        return field.min_value or 1
    return ""


def fill_form(form, language, words="Words", **changes):
    """Returns data for all fields of the form, with a row in each formset and a block of each kind.

    `changes` are values by field name.
    """
    data = {}
    for name, field in form.fields.items():
        if name in NOT_FILLED or field.disabled:
            continue
        key = form.add_prefix(name)
        if isinstance(getattr(field, "block", None), StreamBlock):
            data |= block_form_data(field.block, every_block(language), key)
        elif "phone" in name:
            data[key] = "+41227179111"
        else:
            data[key] = value_for(field, f"{words} {name}")
    for name, formset in form.formsets.items():
        stored = len(formset.initial_forms)
        total = 0 if name == "comments" else max(stored, 1)
        data |= {f"{name}-INITIAL_FORMS": stored, f"{name}-TOTAL_FORMS": total}
        data |= {f"{name}-MIN_NUM_FORMS": 0, f"{name}-MAX_NUM_FORMS": 1000}
        for number in range(total):
            row = formset.initial_forms[number] if number < stored else formset.empty_form
            for part, field in row.fields.items():
                if part in ("id", "ORDER"):
                    data[f"{name}-{number}-{part}"] = (row.instance.pk or "") if part == "id" else number + 1
                elif part not in ("DELETE", formset.fk.name):
                    mine = _field_form_data("", field, row[part].value()).get("") if number < stored else None
                    data[f"{name}-{number}-{part}"] = mine or value_for(field, f"{words} {part}")
    return data | changes
