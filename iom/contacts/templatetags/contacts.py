from django import template

from iom.contacts.models import ContactSettings

register = template.Library()


@register.simple_tag
def site_contacts() -> ContactSettings:
    """The press office of the site and its accounts on social networks."""
    return ContactSettings.current()
