from django import template

from iom.characters import remove_control_characters
from iom.navigation.menu import MenuItem
from newsroom import formats

register = template.Library()

register.filter("without_control_characters", remove_control_characters)


@register.simple_tag
def feeds_among(sections: list[MenuItem]) -> list[formats.FeedLink]:
    """The feeds of the newsroom among the sections of the menu."""
    return [link for section in sections if section.model == "newsindex" for link in formats.links(section.url)]
