"""Whether a contact line leaves no doubt about whose each address and number is."""

import re
from itertools import pairwise

import phonenumbers

from iom.languages import fold
from newsroom.importing.release import Contact
from newsroom.importing.structure import places
from newsroom.importing.structure.people import is_name


def is_certain(contacts: list[Contact], *, begins_with_value: bool) -> bool:
    """Whether each of the people of one line is reached as the line was read.

    `begins_with_value`: an address or a number stands before the first name. With several people, whether each value
    belongs to the name before it or behind it cannot be told then.
    """
    if len(contacts) > 1 and begins_with_value:
        return False
    return all(_is_certain(one, [other for other in contacts if other is not one]) for one in contacts)


def _is_certain(one: Contact, others: list[Contact]) -> bool:
    if not one.email and not one.phone:
        return False  # another has the number or the address
    if re.search(r"\s(?:et|and|ou|or|&)\s", one.name):
        return False  # two people with one number
    if not one.name and not one.office and (others or not one.email):
        return False
    if _holds_name(one.office):
        return False
    if len({_country_code(phone) for phone in (one.phone, *one.other_phones) if phone.startswith("+")}) > 1:
        return False
    return _is_address_of(one) or not any(_is_address_of(other, one.email) for other in others)


def _holds_name(office: str) -> bool:
    """Whether somebody is named among the words that were taken for an office."""
    for part in office.split(","):
        for two in map(" ".join, pairwise(part.split())):
            if is_name(two) and not places.is_place(two):
                return True
    return False


def _is_address_of(one: Contact, email: str | None = None) -> bool:
    """Whether the address (by default the contact's own) is made of the contact's name: `jdoe@` of Jane Doe."""
    local = re.sub(r"[^a-z]", "", fold((one.email if email is None else email).partition("@")[0]))
    name = re.findall(r"[a-z]+", fold(one.name))
    if not local or not name:
        return False
    return any(len(word) > 3 and word in local for word in name) or local == name[0][0] + name[-1]


def _country_code(phone: str) -> int | None:
    return phonenumbers.parse(phone).country_code
