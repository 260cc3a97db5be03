"""Two copies of a page are compared by content, not by their form in the database."""

import json

from wagtail_localize.models import OverridableSegment

from iom.translation.content import overrides, page_data
from iom.translation.models import TranslationState
from newsroom.models import NewsArticle


def test_the_order_of_keys_in_a_stream_is_no_difference():
    body = [{"type": "paragraph", "id": "1", "value": "<p>Un.</p>"}]
    turned = [dict(reversed(block.items())) for block in body]
    copies = [json.dumps({"pk": pk, "body": json.dumps(blocks)}) for pk, blocks in ((1, body), (2, turned))]

    assert page_data.load_content(NewsArticle, copies[0]) == page_data.load_content(NewsArticle, copies[1])


def test_the_order_of_blocks_and_their_text_are_a_difference():
    body = [{"type": "paragraph", "id": str(n), "value": f"<p>{n}</p>"} for n in range(2)]
    copies = [json.dumps({"body": json.dumps(blocks)}) for blocks in (body, body[::-1], body[:1])]

    assert len({json.dumps(page_data.load_content(NewsArticle, copy)) for copy in copies}) == 3


def test_the_page_that_segments_make_is_the_one_that_localize_makes(db):
    """For every translation of the demonstration, with all possible overrides."""
    changed = 0
    for state in TranslationState.objects.filter(translation__enabled=True):
        source = state.translation.source
        for segment in OverridableSegment.objects.filter(source=source).select_related("context"):
            own = f"{segment.data}?own" if isinstance(segment.data, str) else segment.data
            overrides.save_override(state, segment.context_id, own, None)
            changed += own != segment.data
        ours = overrides.translated_page(state, fallback=True)
        theirs = source.get_ephemeral_translated_instance(state.translation.target_locale, fallback=True)
        theirs.keywords = overrides.get_text_override(state, overrides.KEYWORDS)  # which localize leaves as they are
        assert ours.serializable_data() == theirs.serializable_data(), state
    assert changed
