"""Links in rich text to pages and documents: an invalid key in a request or in the database causes no error."""

import json

import pytest
from wagtail.rich_text import expand_db_html

from iom.core.blocks.rich_text import FEATURES
from iom.core.rich_text_area import LenientRichTextArea
from iom.tests.addresses import NEWS
from iom.tests.factories import ArticleFactory
from iom.tests.page_forms import fill_form
from iom.tests.test_every_form import PUBLISH, assert_accepted, edit_url

KEYS = ["²", "x", "", "'", '"', "1.5", [1], True, "9" * 20, "9" * 5000, "\x01"]
KINDS = {"page": "LINK", "document": "DOCUMENT"}


def content(kind):
    """Returns rich text as the editor sends it, with a paragraph for each of the keys."""
    whole = [{"offset": 0, "length": 6, "key": number} for number in range(len(KEYS))]
    blocks = [{"key": f"k{one['key']}", "text": "linked", "type": "unstyled", "entityRanges": [one]} for one in whole]
    entities = {number: {"type": kind, "data": {"id": key}} for number, key in enumerate(KEYS)}
    return json.dumps({"blocks": blocks, "entityMap": entities})


@pytest.mark.django_db
@pytest.mark.parametrize("kind", KINDS.values())
def test_pages_and_feeds_do_not_fail_if_a_link_has_an_invalid_key(sign_in, visitor, kind):
    client, article = sign_in("officer"), ArticleFactory()
    data = fill_form(client.get(edit_url(article)).context["form"], "fr", slug=article.slug)
    assert "entityMap" in data["body-0-value"]

    assert_accepted(client.post(edit_url(article), data | {"body-0-value": content(kind)} | PUBLISH))

    feeds = [f"{NEWS['fr']}{one}/" for one in ("rss", "atom", "json")]
    for address in (article.url, f"{article.url}texte/", NEWS["fr"], *feeds):
        answer = visitor.get(address)
        assert answer.status_code == 200, address
    assert visitor.get(article.url).content.decode().count("<a>linked</a>") == len(KEYS)
    assert client.get(edit_url(article)).status_code == 200


@pytest.mark.parametrize("kind", KINDS.values())
def test_a_rich_text_field_stores_no_invalid_key(kind):
    typed = LenientRichTextArea(features=FEATURES).value_from_datadict({"text": content(kind)}, {}, "text")
    assert typed.count('id="0"') == typed.count("linktype") == len(KEYS)


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["²", "x", "", "9" * 20, "9" * 5000], ids=lambda key: key[:20])
@pytest.mark.parametrize("kind", KINDS)
def test_a_stored_link_with_an_invalid_key_is_rendered_as_text(kind, key):
    assert expand_db_html(f'<a id="{key}" linktype="{kind}">linked</a>') == "<a>linked</a>"
