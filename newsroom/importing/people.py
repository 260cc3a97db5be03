"""Press contacts named in a text, found among those of the site, else made."""

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

IN_POST_FOR = datetime.timedelta(days=2 * 365)  # older releases name people who have moved on
_NOT_WORDS = re.compile(r"[^\w]+")
# Words that do not count in the name of an office: « Bureau de l’OIM à Amman » and « Amman » are the same.
_NOT_TELLING = vocabulary.words("office_words")


def _words(text: str) -> list[str]:
    return _NOT_WORDS.sub(" ", fold(text)).split()


def _telling(text: str) -> str:
    """The words that distinguish an office from others."""
    return " ".join(word for word in _words(text) if word not in _NOT_TELLING)


class People:
    """The contacts of the site, and its offices, read once for a whole import by `user`, or by nobody."""

    def __init__(self, user: User | None = None) -> None:
        self._user = user
        self._offices = _offices()
        is_limited = user is not None and offices_of(user) is not None
        self._default_office = (own_office(user) if is_limited else None) or _press_office()

    def office(self, printed: str) -> Office | None:
        """The office that a text or a manifest names: by its name, its city or its country.

        « Porte-parole, OIM Niger » names it in a part of the words.
        """
        known = (self._offices.get(_telling(words)) for words in (printed, *printed.split(",")))
        return next(filter(None, known), None)

    def contacts(
        self, found: Iterable[Contact], date: datetime.date | None, issuing: Office | None = None
    ) -> tuple[list[PressContact], list[Remark]]:
        """The contact of each, made where there was none; and what an officer should look at.

        `date`: the release's. An unknown person in an old release is made as no longer in post.
        """
        people: list[PressContact] = []
        notes: list[Remark] = []
        for one in found:
            contact = self.known(one) or self._made(one, date, issuing, notes)
            if contact is not None and contact not in people:
                people.append(contact)
        return people, notes

    @staticmethod
    def known(one: Contact) -> PressContact | None:
        """By e-mail, then by name and telephone. An address that several people share does not decide alone."""
        name = set(_words(one.name))
        same_address = PressContact.objects.filter(email__iexact=one.email) if one.email else ()
        # First who has the same name, then who has a part of it, or none
        for contact in sorted(same_address, key=lambda contact: set(_words(contact.name)) != name):
            if not name or not contact.name or name & set(_words(contact.name)):
                return contact
        same_number = PressContact.objects.filter(phone=one.phone) if one.name and one.phone else ()
        return next((contact for contact in same_number if _words(contact.name) == _words(one.name)), None)

    def _made(
        self, one: Contact, date: datetime.date | None, issuing: Office | None, notes: list[Remark]
    ) -> PressContact | None:
        who = one.name or one.email or one.phone
        office = self.office(one.office)
        if not one.name and office is None:
            notes.append(remark("contact unnamed", who=", ".join(filter(None, (one.office, one.email, one.phone)))))
            return None
        if one.office and office is None:
            notes.append(remark("office unknown", office=one.office, who=who))
        office = office or issuing or self._default_office
        if office is None:
            notes.append(remark("no office", who=who))
            return None
        if self._user and not works_for(self._user, office.pk):
            notes.append(remark("office of others", who=who, office=str(office)))
            return None
        contact = PressContact(name=one.name[:120], office=office, email=one.email, phone=one.phone, waits=True)
        if not one.name:
            contact.role = PressContact.Role.MEDIA_UNIT
        try:
            contact.phone = phones.normalise(one.phone) if one.phone else ""
        except ValidationError:
            contact.phone = ""  # it cannot be dialled; a note of the text says so
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


def _press_office() -> Office | None:
    chosen = ContactSettings.current().press_office
    return chosen or Office.objects.filter(kind=Office.Kind.HEADQUARTERS).first() or Office.objects.first()


def _offices() -> dict[str, Office]:
    """By name, city and country, as `_telling` writes them; a name that two offices share leads to the higher one."""
    found: dict[str, Office] = {}
    rank = {kind: number for number, kind in enumerate(Office.Kind.values)}
    offices = sorted(Office.objects.prefetch_related("names"), key=lambda office: (rank[office.kind], office.pk))
    for office in offices:
        for row in office.names.all():
            found.setdefault(_telling(row.name), office)
            found.setdefault(_telling(row.city), office)
    by_country = {str(office.country): office for office in reversed(offices) if office.kind == Office.Kind.COUNTRY}
    for key, code in places.known().items():
        if code in by_country:
            found.setdefault(key, by_country[code])
    found.pop("", None)
    return found
