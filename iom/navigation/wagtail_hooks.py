from typing import Any

from django.utils.html import escape
from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry
from wagtail.rich_text.pages import PageLinkHandler

from iom.links import parse_key
from iom.navigation.links import in_current_language


class LocalizedPageLinkHandler(PageLinkHandler):
    """Expands page links in rich text. A link to a page that the reader may not see becomes plain text."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        pks = [parse_key(attrs.get("id")) for attrs in attrs_list]
        links = in_current_language(pks)
        return [f'<a href="{escape(links[pk].url)}">' if pk in links else "<a>" for pk in pks]


@hooks.register("register_rich_text_features", order=10)
def register_page_link_handler(features: FeatureRegistry) -> None:
    """Replaces Wagtail's handler of page links."""
    features.register_link_type(LocalizedPageLinkHandler)
