"""Measures how many passages are empty after an officer copies, splits, joins or moves the blocks of a translated text.

    pytest -s iom/translation/tests/measure_earlier_translations.py

It covers every page of the demonstration with a complete translation, in two halves: the rules were fitted on the even
one. A passage is filled, offered (an earlier text is shown beside it) or empty. If two paragraphs were translated as
one and are split again, the offers are compared with the translation of each.
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
    """Every second complete translation of a page with a stream field."""
    states = TranslationState.objects.select_related("translation__source", "page", "locale").order_by("original")
    whole = [state for state in states if state.total and state.is_whole and _fields(state)]
    return whole[half::2]


def _fields(state):
    return [field.name for field in state.page.specific_class._meta.fields if isinstance(field, StreamField)]


def _original(state):
    return Page.objects.get(pk=state.original_id).specific


def rewritten(state, way):
    """Changes the blocks of the original in one of the WAYS, submits it and returns the state."""
    page = _original(state)
    for name in _fields(state):
        blocks = json.loads(json.dumps(list(getattr(page, name).get_prep_value()), default=str))
        setattr(page, name, way(blocks))
    return submission.submit(page, state.locale)


def results(state, known):
    """Counts the results of the passages whose text or path is new."""
    found = Counter()
    for row in screen.build_rows(state, {}, {}):
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
            known = {(one.path, one.source): one.target for one in segments.load_text(state.translation)}
            with transaction.atomic():
                mine = results(rewritten(state, way), known)
                transaction.set_rollback(True)
            found += mine
            worst = max(worst, mine["empty"])
        print(f"{name:28} {dict(found)} most empty in a text: {worst}")
        total += found
    print(f"half {half}, {len(states)} texts: {dict(total)}")


def part_again(state):
    """Splits paragraphs that were translated as one, and counts the offers that equal the translation of each."""
    before = {one.source: one.target for one in segments.load_text(state.translation)}
    joined = rewritten(state, neighbours_in_one_paragraph)
    alike = {text: pair for text, pair in _pairs(state).items() if before.keys() >= set(pair)}
    StringTranslation.objects.filter(context__object_id=state.translation.source.object_id).exclude(
        translation_of__in=[one.string_id for one in segments.load_text(joined.translation)]
    ).delete()
    for one in segments.load_text(joined.translation):
        if not one.target and one.source in alike:
            StringTranslation.objects.create(
                translation_of=String.objects.get(pk=one.string_id),
                context=TranslationContext.objects.get(pk=one.context_id),
                locale=state.locale,
                data=" ".join(before[part] for part in alike[one.source]),
                translation_type="manual",
            )
    now_one = {one.source for one in segments.load_text(joined.translation)}
    parts = {part for text, pair in alike.items() if text in now_one for part in pair}
    parted = rewritten(state, lambda blocks: blocks)
    found = Counter()
    for row in screen.build_rows(parted, {}, {}):
        if row.segment.source in parts and not row.segment.target:
            offered = row.change.target if row.change else ""
            right = before[row.segment.source]
            kind = (
                "right" if offered == right else "empty" if not offered else "whole" if right in offered else "other"
            )
            found[kind] += 1
    return found


def _pairs(state):
    """The two neighbouring passages, by the passage that joins them."""
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
