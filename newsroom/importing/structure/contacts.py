"""Reads the contact line: people, offices, e-mail addresses and telephones, in any order and punctuation."""

import re
from dataclasses import dataclass, field
from itertools import pairwise

from iom.languages import fold
from iom.phones import EXTENSION
from newsroom.importing.remarks import remark
from newsroom.importing.structure import places, telephones, vocabulary
from newsroom.importing.structure.people import is_name
from newsroom.release import Contact, Remark

_LEADS = vocabulary.pattern("contact_line")
_LEAD = re.compile(f"(?:{_LEADS})", re.IGNORECASE)
_INSIDE = re.compile(rf"(?<=[.!?»”\")])\s+(?=(?:{_LEADS}))", re.IGNORECASE)
_CALLS = re.compile(r"contact|adresser|joindre|appel|écri|call|mail|write|touch|reach|:\s*$", re.IGNORECASE)
_EMAIL = re.compile(r"(?:mailto:)?[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_LABELS = re.compile(
    r"\(?(?<!\w)(?:e-?\s?mails?|courriels?|mél|mail|adresse électronique|t[eé]l(?:[eé]phones?)?|phones?|mobiles?"
    r"|mob|cell(?:ulaire|phone)?s?|portables?|fax|ph|gsm|whatsapp)\b"
    r"\)?\s*(?:\.\s*)?(?:no\.?|number|n°)?\s*(?::|\.|(?=\s*[+\d\ue000]))?\s*",
    re.IGNORECASE,
)
_AT = re.compile(
    r"\s+(?:at|à|au|aux|in|from|of|with|de l[’']|du|d[’'])\s*(?:the\s+|l[’'])?(?=\S)|\s+(?:de|chez)\s+(?=[A-ZÀ-Þ])"
)
_OR = re.compile(r"\s+(?:or|ou|and|et|and/or|et/ou|&)\s+|\s*[;\n/|•]\s*|\s+[-–—]\s+", re.IGNORECASE)
_TRIM = ' \t\n,;:.()[]<>"«»“”-–—/\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}'
# Words that only connect an office with a number or an address.
_CONNECTS = re.compile(rf"(?:(?:{vocabulary.pattern('before_number')})\b\s*)+", re.IGNORECASE)
# Words between one person and the next that belong to neither: « ou à Luc Perrin », “or call Sara Holm”.
_LEADS_TO = re.compile(rf"(?:{vocabulary.pattern('before_person')})\s+", re.IGNORECASE)
_OWNED = re.compile(r"(?:the\s+)?(.{2,60}?)[’']s\s+(.+)$", re.IGNORECASE)  # “IOM’s Anna Berg”
_AROUND_OFFICE = re.compile(r"^(?:(?:the|at|à|au|le|la|les)\s+|l[’'])|\s+(?:at|on|à|au|or|ou|par|via)$")
# Replaces an address or a number while the text is taken apart.
_MARK = "\ue000"
_EXTENDED = re.compile(rf"{_MARK}(?P<number>\d+){_MARK}[\s,;(]*{telephones.EXTENSION.pattern}", re.IGNORECASE)
LONGEST_LINE = 110
LONGEST_NAMED = 60
# Somebody’s name that the line’s end broke: `…, a.moussa@example.org; Giulio`.
_BEGUN = re.compile(r"(?:;|/|\s(?:ou|or|et|and))\s+[A-ZÀ-Þ][^@\d;/.]{1,40}$")


@dataclass(slots=True)
class _Person:
    name: str = ""
    offices: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)

    @property
    def is_reachable(self) -> bool:
        return bool(self.emails or self.phones)

    @property
    def office(self) -> str:
        return ", ".join(_AROUND_OFFICE.sub("", office) for office in self.offices)


def begins(text: str) -> bool:
    """Whether the line begins as a contact line does."""
    found = _LEAD.match(text)
    return found is not None and bool(_CALLS.search(found[0]) or _EMAIL.search(text) or telephones.NUMBER.search(text))


def inside(text: str) -> int:
    """Where a contact line begins that follows the text of a paragraph; its length where there is none."""
    return next((found.end() for found in _INSIDE.finditer(text) if begins(text[found.end() :])), len(text))


def goes_on(text: str, above: str, *, after_gap: bool) -> bool:
    """Whether the line belongs to the contact line above it: an address, a number, a name or an office."""
    if re.match(r"[\d ]+\W*$", text) and re.search(r"\d\W*$", above):
        return True  # a number broken at the line's end
    if _EMAIL.search(text) or (telephones.NUMBER.search(text) and len(text) < 90) or _LABELS.match(text):
        return True
    if is_name(text) or _is_conjunction(text):
        return True
    who, comma, _office = text.partition(",")
    if comma and len(text) <= LONGEST_NAMED and not text.endswith(".") and is_name(who):
        return True  # the next person, with the office on the same line
    return is_open(above) and len(text) <= LONGEST_LINE and not (after_gap and len(text) > 60)


def is_open(text: str) -> bool:
    """Whether a contact line has not yet said how anybody may be reached, or stops in the middle."""
    if text.rstrip().endswith((",", ":", " ou", " or", " et", " and", "/")) or _BEGUN.search(text):
        return True
    if _is_conjunction(text):
        return True
    return not (_EMAIL.search(text) or telephones.NUMBER.search(text) or text.endswith((".", "!", "?")))


def _is_conjunction(text: str) -> bool:
    """« ou » alone on its line, between two people."""
    return text.strip(_TRIM).casefold() in {"ou", "or", "et", "and"}


def read(text: str, place: str = "") -> tuple[list[Contact], list[Remark]] | None:
    """The people of a contact line, and what they have besides; None where it is not certain who is reached how.

    `place`: the dateline's, for numbers without a code.
    """
    lead = _LEAD.match(text)
    rest = text[lead.end() :] if lead else text
    values: list[tuple[str, str]] = []

    def take(kind: str, value: str) -> str:
        values.append((kind, value.strip(" .,").removeprefix("mailto:")))
        return f" {_MARK}{len(values) - 1}{_MARK} "

    def take_numbers(found: re.Match[str]) -> str:
        return "".join(take("phone", number) for number in telephones.apart(found[0], places.countries(place)))

    rest = _EMAIL.sub(lambda found: take("email", found[0]), rest)
    rest = re.sub(r"(?<=\d)\s*\(0\)\s*(?=\d)", " ", rest)
    rest = telephones.NUMBER.sub(take_numbers, rest)
    for found in _EXTENDED.finditer(rest):
        kind, value = values[int(found["number"])]
        values[int(found["number"])] = kind, f"{value}{EXTENSION}{found['extension']}"
    rest = _LABELS.sub(" ", telephones.EXTENSION.sub(" ", rest))
    people = _people(rest, values)
    contacts = [_contact(one, place) for one in people]
    if any(len(one.emails) > 1 for one in people) or any(_are_of_two_countries(one, place) for one in people):
        return None
    if not _are_certain(contacts, begins_with_value=rest.strip(_TRIM).startswith(_MARK)):
        return None
    further = [f"{one.name}: {phone}" for one in people for phone in one.phones[1:]]
    return contacts, [remark("further telephone", phone=phone) for phone in further]


def _people(text: str, values: list[tuple[str, str]]) -> list[_Person]:
    people = [_Person()]
    for chunk, is_break, has_value in _chunks(text):
        person = people[-1]
        marked = re.fullmatch(rf"{_MARK}(\d+){_MARK}", chunk)
        if marked:
            kind, value = values[int(marked[1])]
            target = person.emails if kind == "email" else person.phones
            if value in person.emails or value in person.phones:
                continue
            if kind == "email" and person.emails and person.name:
                people.append(_Person(emails=[value]))
            else:
                target.append(value)
            continue
        chunk = re.sub(r"\s+(?:at|on|à|au|or|ou|par|via|by|in)$", "", chunk)
        name, office = _named(chunk)
        if name and (person.name or (person.offices and person.is_reachable)):
            if person.is_reachable or is_break or office or not person.offices:
                people.append(person := _Person())
        elif not name and is_break and has_value and person.is_reachable and len(chunk.split()) > 1:
            people.append(person := _Person())
        person.name = person.name or name
        person.offices += [part for part in ([office] if name else [chunk]) if part]
    return [one for one in people if one.name or one.is_reachable or one.offices]


def _chunks(text: str) -> list[tuple[str, bool, bool]]:
    """The parts between commas and the like.

    With each: whether a stronger break (a line, « ou », ";") stands before it, and whether an address or a number
    stands between it and the next one.
    """
    chunks: list[tuple[str, bool, bool]] = []
    for piece_index, piece in enumerate(_pieces(text)):
        is_break = piece_index > 0
        for part in re.split(rf"[,()]|({_MARK}\d+{_MARK})|(?<=[^\W\d_]{{3}})\.(?=\s|$)", piece):
            part = (part or "").strip(_TRIM)
            if part and not _CONNECTS.fullmatch(part):
                chunks.append((part, is_break, _MARK in piece))
                is_break = False
    return chunks


def _pieces(text: str) -> list[str]:
    """The text cut where another person may begin; « et » or "and" inside an office's name does not cut it."""
    pieces, start = list[str](), 0
    for found in _OR.finditer(text):
        before, after = text[start : found.start()], text[found.end() :]
        is_word = found[0].strip().isalpha() or found[0].strip() == "&"
        following = re.split(rf"[,;(\n{_MARK}]", after.lstrip(), maxsplit=1)[0].strip()
        begins = bool(_named(following)[0]) or after.lstrip().startswith(_MARK)
        begins = begins or (_MARK in before and found[0].strip().casefold() in ("ou", "or") and _MARK in after)
        if before.strip() and (not is_word or begins):
            pieces.append(before)
            start = found.end()
    return [*pieces, text[start:]]


def _named(chunk: str) -> tuple[str, str]:
    """`Laura Finch at Relief Bureau Sana'a` → the name and the office; `("", "")` where no name begins the words."""
    words = chunk.strip(_TRIM)
    lead = _LEADS_TO.match(words)
    words = words[lead.end() :] if lead else words
    if is_name(words) and not places.is_place(words):
        return words, ""
    for at in _AT.finditer(words):
        if is_name(words[: at.start()]):
            return words[: at.start()].strip(), words[at.end() :].strip(_TRIM)
    owned = _OWNED.match(words)
    if owned and is_name(owned[2]):
        return owned[2], owned[1]
    return "", ""


def _contact(person: _Person, place: str) -> Contact:
    phones = _phones(person, place)
    return Contact(person.name, person.office, "".join(person.emails[:1]), phones[0] if phones else "")


def _phones(person: _Person, place: str) -> list[str]:
    countries = [*places.countries(person.office), *places.countries(place)]
    return [telephones.e164(phone, countries) for phone in person.phones]


def _are_of_two_countries(person: _Person, place: str) -> bool:
    """Whether the numbers are of two countries: one of them is somebody else's then."""
    codes = {telephones.code_of(phone) for phone in _phones(person, place)}
    return len(codes - {None}) > 1  # None: one that stays as printed


def _are_certain(contacts: list[Contact], *, begins_with_value: bool) -> bool:
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
    local = re.sub(r"[^a-z]", "", fold((one.email if email is None else email).partition("@")[0]))
    name = re.findall(r"[a-z]+", fold(one.name))
    if not local or not name:
        return False
    return any(len(word) > 3 and word in local for word in name) or local == name[0][0] + name[-1]
