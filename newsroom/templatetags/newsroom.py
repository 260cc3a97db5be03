from django import template

from iom.characters import remove_control_characters
from iom.navigation.menu import MenuItem
from newsroom.feeds import FeedLink
from newsroom.formats import FORMATS

register = template.Library()

register.filter("without_control_characters", remove_control_characters)


@register.simple_tag
def feeds_among(sections: list[MenuItem]) -> list[FeedLink]:
    """The feeds of the newsroom that stands among the sections of the menu."""
    return [
        FeedLink(name, f"{section.url}{part}/", media_type)
        for section in sections
        if section.model == "newsindex"
        for part, (name, media_type) in FORMATS.items()
    ]
