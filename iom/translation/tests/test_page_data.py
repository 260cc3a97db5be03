"""Two copies of a page are compared by what they say, not by how a database keeps them."""

import json

from iom.translation.content import page_data
from newsroom.models import NewsArticle


def test_the_order_of_keys_in_a_stream_is_no_difference():
    body = [{"type": "paragraph", "id": "1", "value": "<p>Un.</p>"}]
    turned = [dict(reversed(block.items())) for block in body]
    copies = [json.dumps({"pk": pk, "body": json.dumps(blocks)}) for pk, blocks in ((1, body), (2, turned))]

    assert page_data.of(NewsArticle, copies[0]) == page_data.of(NewsArticle, copies[1])


def test_the_order_of_blocks_and_their_words_are():
    body = [{"type": "paragraph", "id": str(n), "value": f"<p>{n}</p>"} for n in range(2)]
    copies = [json.dumps({"body": json.dumps(blocks)}) for blocks in (body, body[::-1], body[:1])]

    assert len({json.dumps(page_data.of(NewsArticle, copy)) for copy in copies}) == 3
