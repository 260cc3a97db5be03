"""Matches the contacts and offices named in a text with those of the site, and creates missing contacts."""

import datetime
import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils import timezone

from iom import phones
from iom.contacts.models import ContactSettings, Office, PressContact
from iom.contacts.policy import offices_of, own_office, works_for
from iom.languages import fold
from iom.users.models import User
from newsroom.importing.remarks import remark
from newsroom.importing.structure import places, vocabulary
from newsroom.release import Contact, Remark

IN_POST_FOR = datetime.timedelta(days=2 * 365)  # unknown people of older releases have probably left their post
_NOT_WORDS = re.compile(r"[^\w]+")
# Words ignored in the names of offices: « Bureau de l’OIM à Amman » and « Amman » are the same.
_COMMON_OFFICE_WORDS = vocabulary.words("office_words")


def _words(text: str) -> list[str]:
    return _NOT_WORDS.sub(" ", fold(text)).split()


def _distinctive_words(text: str) -> str:
    """Returns the words that distinguish an office from others, folded."""
    return " ".join(word for word in _words(text) if word not in _COMMON_OFFICE_WORDS)


class ContactMatcher:
    """Finds offices and finds or creates contacts for an import by `user`. The offices are read once."""

    def __init__(self, user: User | None = None) -> None:
        self._user = user
        self._offices_by_key = _get_offices_by_key()
        is_limited = user is not None and offices_of(user) is not None
        self._default_office = (own_office(user) if is_limited else None) or _get_press_office()

    def find_office(self, printed: str) -> Office | None:
        """Returns the office that a text or a manifest names, by its name, city or country; else None.

        A part between commas may name it: « Porte-parole, OIM Niger ».
        """
        known = (self._offices_by_key.get(_distinctive_words(words)) for words in (printed, *printed.split(",")))
        return next(filter(None, known), None)

    def get_or_create_contacts(
        self, found: Iterable[Contact], date: datetime.date | None, issuing_office: Office | None = None
    ) -> tuple[list[PressContact], list[Remark]]:
        """Returns the press contacts of the people found, creating missing ones, and notes for the officer.

        `date` is the release's. An unknown person in an old release is created as no longer in post.
        """
        people: list[PressContact] = []
        notes: list[Remark] = []
        for one in found:
            contact = self.find_contact(one) or self._create_contact(one, date, issuing_office, notes)
            if contact is not None and contact not in people:
                people.append(contact)
        return people, notes

    @staticmethod
    def find_contact(one: Contact) -> PressContact | None:
        """Returns the press contact with the same e-mail address, else with the same name and telephone, or None.

        Several people may share an address, so their names must have a word in common.
        """
        name = set(_words(one.name))
        same_address = PressContact.objects.filter(email__iexact=one.email) if one.email else ()
        # Contacts with exactly the same name come first.
        for contact in sorted(same_address, key=lambda contact: set(_words(contact.name)) != name):
            if not name or not contact.name or name & set(_words(contact.name)):
                return contact
        same_number = PressContact.objects.filter(phone=one.phone) if one.name and one.phone else ()
        return next((contact for contact in same_number if _words(contact.name) == _words(one.name)), None)

    def _choose_office(
        self, one: Contact, who: str, issuing_office: Office | None, notes: list[Remark]
    ) -> Office | None:
        """Returns the office of a new contact; None, with the reason in `notes`, if it cannot have one."""
        office = self.find_office(one.office)
        if not one.name and office is None:
            notes.append(remark("contact unnamed", who=", ".join(filter(None, (one.office, one.email, one.phone)))))
            return None
        if one.office and office is None:
            notes.append(remark("office unknown", office=one.office, who=who))
        office = office or issuing_office or self._default_office
        if office is None:
            notes.append(remark("no office", who=who))
            return None
        if self._user and not works_for(self._user, office.pk):
            notes.append(remark("office of others", who=who, office=str(office)))
            return None
        return office

    def _create_contact(
        self, one: Contact, date: datetime.date | None, issuing_office: Office | None, notes: list[Remark]
    ) -> PressContact | None:
        who = one.name or one.email or one.phone
        office = self._choose_office(one, who, issuing_office, notes)
        if office is None:
            return None
        contact = PressContact(name=one.name[:120], office=office, email=one.email, phone=one.phone, waits=True)
        if not one.name:
            contact.role = PressContact.Role.MEDIA_UNIT
        try:
            contact.phone = phones.normalise(one.phone) if one.phone else ""
        except ValidationError:
            contact.phone = ""  # the number is invalid; the parser has noted it
        if date is not None and timezone.localdate() - date > IN_POST_FOR:
            contact.in_post_until = date
        elif date is None:
            notes.append(remark("in post?", who=who))
        try:
            contact.full_clean()
        except ValidationError:
            notes.append(remark("contact unreachable", who=who))
            return None
        contact.save()
        return contact


def _get_press_office() -> Office | None:
    chosen = ContactSettings.current().press_office
    return chosen or Office.objects.filter(kind=Office.Kind.HEADQUARTERS).first() or Office.objects.first()


def _get_offices_by_key() -> dict[str, Office]:
    """Returns the offices by the distinctive words of their names, cities and countries.

    A key that two offices share leads to the office of the higher kind.
    """
    found: dict[str, Office] = {}
    rank = {kind: number for number, kind in enumerate(Office.Kind.values)}
    offices = sorted(Office.objects.prefetch_related("names"), key=lambda office: (rank[office.kind], office.pk))
    for office in offices:
        for row in office.names.all():
            found.setdefault(_distinctive_words(row.name), office)
            found.setdefault(_distinctive_words(row.city), office)
    by_country = {str(office.country): office for office in reversed(offices) if office.kind == Office.Kind.COUNTRY}
    for key, code in places.known_places().items():
        if code in by_country:
            found.setdefault(key, by_country[code])
    found.pop("", None)
    return found
