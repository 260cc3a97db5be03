from django import template

from iom.characters import remove_control_characters
from iom.listing.menu import MenuItem
from newsroom import formats
from newsroom.kinds import Kind

register = template.Library()

register.filter("without_control_characters", remove_control_characters)


@register.filter
def kind_label(kind: str) -> str:
    """`press-release` → Press release."""
    return str(Kind(kind).label)


@register.simple_tag
def feeds_among(sections: list[MenuItem]) -> list[formats.FeedLink]:
    """The feeds of the newsroom among the sections of the menu."""
    return [link for section in sections if section.model == "newsindex" for link in formats.links(section.url)]
