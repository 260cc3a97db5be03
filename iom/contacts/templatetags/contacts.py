from django import template
from django.db.models import OuterRef, Subquery

from iom.caching.version import cached_per_version
from iom.contacts.models import ContactSettings, press_contacts
from iom.names import with_names

register = template.Library()


@register.simple_tag
@cached_per_version
def site_contacts() -> ContactSettings:
    """Returns the contact settings in one query, with `press_phone` and `press_email`.

    These come from the first press contact of the press office, or from the office itself where it has none.
    """
    first = press_contacts().filter(office=OuterRef("press_office"))
    press = {f"press_{name}": Subquery(first.values(name)[:1]) for name in ("phone", "email")}
    settings = ContactSettings.objects.select_related(*with_names("press_office"))
    found = settings.annotate(**press).first() or ContactSettings()
    office = found.press_office
    if office and not (found.press_phone or found.press_email):
        found.press_phone, found.press_email = office.phone, office.email
    return found
