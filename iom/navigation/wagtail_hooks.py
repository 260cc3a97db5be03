from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from iom.navigation.rich_text import LocalisedPageLinkHandler


@hooks.register("register_rich_text_features", order=10)
def register_page_link_handler(features: FeatureRegistry) -> None:
    """Replaces Wagtail's handler of page links."""
    features.register_link_type(LocalisedPageLinkHandler)
