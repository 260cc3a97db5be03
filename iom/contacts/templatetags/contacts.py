from django import template
from django.db.models import OuterRef, Subquery

from iom.contacts.models import ContactSettings, press_contacts

register = template.Library()


@register.simple_tag
def site_contacts() -> ContactSettings:
    """The accounts on social networks and the press office, with `press_phone` and `press_email`; in one query.

    These are those of its press contact, and its own where it has none.
    """
    first = press_contacts().filter(office=OuterRef("press_office"))
    ways = {name: Subquery(first.values(name)[:1]) for name in ("phone", "email")}
    settings = ContactSettings.objects.select_related("press_office").annotate(
        press_phone=ways["phone"], press_email=ways["email"]
    )
    found = settings.first() or ContactSettings()
    office = found.press_office
    if office and not (found.press_phone or found.press_email):
        found.press_phone, found.press_email = office.phone, office.email
    return found
