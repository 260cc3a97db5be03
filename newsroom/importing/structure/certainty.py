"""Whether it is certain whose each address and number of a contact line is."""

import re
from itertools import pairwise

from iom.languages import alphabetical
from newsroom.importing.structure import places
from newsroom.importing.structure.people import is_name
from newsroom.release import Contact


def is_certain(contacts: list[Contact], *, begins_with_value: bool) -> bool:
    """Whether each of the people of one line is reached as the line was read.

    `begins_with_value`: an address or a number stands before the first name. With several people, each value may then
    belong to the name before it or to the one behind it.
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
    local = re.sub(r"[^a-z]", "", alphabetical((one.email if email is None else email).partition("@")[0]))
    name = re.findall(r"[a-z]+", alphabetical(one.name))
    if not local or not name:
        return False
    return any(len(word) > 3 and word in local for word in name) or local == name[0][0] + name[-1]
