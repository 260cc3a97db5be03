"""Offices and press contacts. A record is shared by all languages."""

from iom.contacts.models.office import Office, OfficeName, OfficeStaff, offices_by_key, validate_timezone
from iom.contacts.models.press import (
    OFFICES,
    ContactCard,
    PressContact,
    cards,
    contacts_in_post,
    office_card,
    press_contacts,
    press_contacts_by_key,
    public_contacts,
    unique_cards,
    validate_languages,
)
from iom.contacts.models.settings import ContactSettings
