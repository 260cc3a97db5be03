"""How many passages come back empty when an officer copies, cuts, joins or moves the blocks of a translated text.

    pytest -s iom/translation/tests/measure_memory.py

Over every page of the demonstration with a complete translation: an even half, on which the rules were fitted, and an
odd one. A passage is filled, offered (earlier words stand beside it) or empty. Where two paragraphs were translated as
one and are parted again, what is offered is compared with the translation of each.
"""
# ruff: noqa: T201

import json
from collections import Counter

import pytest
from django.db import transaction
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.models import String, StringTranslation, TranslationContext

from iom.translation.content import segments
from iom.translation.editor import screen
from iom.translation.models import TranslationState
from iom.translation.tests.editing import WAYS, neighbours_in_one_paragraph, pairs_of_paragraphs
from iom.translation.workflow import submission


def texts(half):
    """The complete translations of pages with a text of blocks, every second one."""
    states = TranslationState.objects.select_related("translation__source", "page", "locale").order_by("original")
    whole = [state for state in states if state.total and state.is_whole and _fields(state)]
    return whole[half::2]


def _fields(state):
    return [field.name for field in state.page.specific_class._meta.fields if isinstance(field, StreamField)]


def _original(state):
    return Page.objects.get(pk=state.original_id).specific


def rewritten(state, way):
    """The original with its blocks treated in a way, submitted; its state."""
    page = _original(state)
    for name in _fields(state):
        blocks = json.loads(json.dumps(list(getattr(page, name).get_prep_value()), default=str))
        setattr(page, name, way(blocks))
    return submission.submit(page, state.locale)


def results(state, known):
    """Of the passages whose words or place are new."""
    found = Counter()
    for row in screen.rows_of(state, {}, {}):
        segment = row.segment
        if (segment.path, segment.source) in known:
            continue
        found["passages"] += 1
        if segment.target:
            found["filled"] += 1
            found["filled with other words"] += segment.target not in known.values() and bool(segment.target)
        elif row.change and row.change.target:
            found["offered"] += 1
        else:
            found["empty"] += 1
    return found


@pytest.mark.parametrize("half", [0, 1])
def test_how_many_come_back_empty(db, half):
    total = Counter()
    states = texts(half)
    for name, way in WAYS.items():
        found = Counter()
        worst = 0
        for state in states:
            known = {(one.path, one.source): one.target for one in segments.of_translation(state.translation)}
            with transaction.atomic():
                mine = results(rewritten(state, way), known)
                transaction.set_rollback(True)
            found += mine
            worst = max(worst, mine["empty"])
        print(f"{name:28} {dict(found)} most empty in a text: {worst}")
        total += found
    print(f"half {half}, {len(states)} texts: {dict(total)}")


def part_again(state):
    """Parts what was translated as one; counts the offers that are the translation of each part."""
    before = {one.source: one.target for one in segments.of_translation(state.translation)}
    joined = rewritten(state, neighbours_in_one_paragraph)
    alike = {text: pair for text, pair in _pairs(state).items() if before.keys() >= set(pair)}
    StringTranslation.objects.filter(context__object_id=state.translation.source.object_id).exclude(
        translation_of__in=[one.string_id for one in segments.of_translation(joined.translation)]
    ).delete()
    for one in segments.of_translation(joined.translation):
        if not one.target and one.source in alike:
            StringTranslation.objects.create(
                translation_of=String.objects.get(pk=one.string_id),
                context=TranslationContext.objects.get(pk=one.context_id),
                locale=state.locale,
                data=" ".join(before[part] for part in alike[one.source]),
                translation_type="manual",
            )
    now_one = {one.source for one in segments.of_translation(joined.translation)}
    parts = {part for text, pair in alike.items() if text in now_one for part in pair}
    parted = rewritten(state, lambda blocks: blocks)
    found = Counter()
    for row in screen.rows_of(parted, {}, {}):
        if row.segment.source in parts and not row.segment.target:
            offered = row.change.target if row.change else ""
            right = before[row.segment.source]
            kind = (
                "right" if offered == right else "empty" if not offered else "whole" if right in offered else "other"
            )
            found[kind] += 1
    return found


def _pairs(state):
    """By the passage in which two neighbours are one: the two."""
    blocks = [getattr(_original(state), name).get_prep_value() for name in _fields(state)]
    return {f"{one} {two}": (one, two) for one, two in pairs_of_paragraphs(blocks)}


@pytest.mark.parametrize("half", [0, 1])
def test_which_part_is_offered(db, half):
    found = Counter()
    for state in texts(half):
        with transaction.atomic():
            found += part_again(state)
            transaction.set_rollback(True)
    print(f"half {half}: {dict(found)}")
