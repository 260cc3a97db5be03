"""Parses the contact line: people, offices, e-mail addresses and telephones, in any order and punctuation."""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from iom.languages import fold
from iom.phones import EXTENSION
from newsroom.importing.remarks import remark
from newsroom.importing.structure import places, telephones, vocabulary
from newsroom.importing.structure.people import is_name
from newsroom.release import Contact, Remark

_LEAD_PATTERN = vocabulary.pattern("contact_line")
_LEAD = re.compile(f"(?:{_LEAD_PATTERN})", re.IGNORECASE)
_AFTER_SENTENCE = re.compile(rf"(?<=[.!?»”\")])\s+(?=(?:{_LEAD_PATTERN}))", re.IGNORECASE)
_CONTACT_VERB = re.compile(r"contact|adresser|joindre|appel|écri|call|mail|write|touch|reach|:\s*$", re.IGNORECASE)
_EMAIL = re.compile(r"(?:mailto:)?[\w.+'-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_LABELS = re.compile(
    r"\(?(?<!\w)(?:e-?\s?mails?|courriels?|mél|mail|adresse électronique|t[eé]l(?:[eé]phones?)?|phones?|mobiles?"
    r"|mob|cell(?:ulaire|phone)?s?|portables?|fax|ph|gsm|whatsapp)\b"
    r"\)?\s*(?:\.\s*)?(?:no\.?|number|n°)?\s*(?::|\.|(?=\s*[+\d\ue000]))?\s*",
    re.IGNORECASE,
)
_BEFORE_OFFICE = re.compile(
    r"\s+(?:at|à|au|aux|in|from|of|with|de l[’']|du|d[’'])\s*(?:the\s+|l[’'])?(?=\S)|\s+(?:de|chez)\s+(?=[A-ZÀ-Þ])"
)
_BETWEEN_PEOPLE = re.compile(r"\s+(?:or|ou|and|et|and/or|et/ou|&)\s+|\s*[;\n/|•]\s*|\s+[-–—]\s+", re.IGNORECASE)
_TRIM = ' \t\n,;:.()[]<>"«»“”-–—/\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}'
# Words that only connect an office with a number or an address
_CONNECTING_WORDS = re.compile(rf"(?:(?:{vocabulary.pattern('before_number')})\b\s*)+", re.IGNORECASE)
# Words before the next person that belong to no name: « ou à Luc Perrin », “or call Sara Holm”
_BEFORE_NAME = re.compile(rf"(?:{vocabulary.pattern('before_person')})\s+", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:the\s+)?(.{2,60}?)[’']s\s+(.+)$", re.IGNORECASE)  # “IOM’s Anna Berg”
_AROUND_OFFICE = re.compile(r"^(?:(?:the|at|à|au|le|la|les)\s+|l[’'])|\s+(?:at|on|à|au|or|ou|par|via)$")
# Encloses the index of an address or number that it replaces during parsing
_PLACEHOLDER = "\ue000"
_NUMBER_WITH_EXTENSION = re.compile(
    rf"{_PLACEHOLDER}(?P<number>\d+){_PLACEHOLDER}[\s,;(]*{telephones.EXTENSION.pattern}", re.IGNORECASE
)
MAX_LINE_LENGTH = 110  # characters
MAX_NAME_LINE_LENGTH = 60  # characters of a line with a name and an office
# A name that the line’s end broke: `…, a.moussa@example.org; Giulio`
_UNFINISHED_NAME = re.compile(r"(?:;|/|\s(?:ou|or|et|and))\s+[A-ZÀ-Þ][^@\d;/.]{1,40}$")


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


class _Chunk(NamedTuple):
    """A part between commas and the like.

    `is_break`: a stronger break (a line, « ou », ";") precedes the part. `has_value`: an address or a number stands
    between this break and the next one.
    """

    text: str
    is_break: bool
    has_value: bool


def is_contact_line(text: str) -> bool:
    """Returns whether the line begins like a contact line."""
    found = _LEAD.match(text)
    return found is not None and bool(
        _CONTACT_VERB.search(found[0]) or _EMAIL.search(text) or telephones.NUMBER.search(text)
    )


def find_contact_line(text: str) -> int:
    """Returns the start of a contact line at the end of a paragraph, else the paragraph's length."""
    return next(
        (found.end() for found in _AFTER_SENTENCE.finditer(text) if is_contact_line(text[found.end() :])), len(text)
    )


def continues_contact_line(text: str, above: str, *, after_gap: bool) -> bool:
    """Returns whether the line continues the contact line above it, by an address, a number, a name or an office."""
    if re.match(r"[\d ]+\W*$", text) and re.search(r"\d\W*$", above):
        return True  # a number that was broken at the line's end
    if _EMAIL.search(text) or (telephones.NUMBER.search(text) and len(text) < 90) or _LABELS.match(text):
        return True
    if is_name(text) or _is_conjunction(text):
        return True
    who, comma, _office = text.partition(",")
    if comma and len(text) <= MAX_NAME_LINE_LENGTH and not text.endswith(".") and is_name(who):
        return True  # the next person with an office
    return _is_incomplete(above) and len(text) <= MAX_LINE_LENGTH and not (after_gap and len(text) > 60)


def _is_incomplete(text: str) -> bool:
    """Returns whether a contact line has no address or number yet, or ends within a phrase."""
    if text.rstrip().endswith((",", ":", " ou", " or", " et", " and", "/")) or _UNFINISHED_NAME.search(text):
        return True
    if _is_conjunction(text):
        return True
    return not (_EMAIL.search(text) or telephones.NUMBER.search(text) or text.endswith((".", "!", "?")))


def _is_conjunction(text: str) -> bool:
    """Returns whether the line is only a conjunction between two people: « ou »."""
    return text.strip(_TRIM).casefold() in {"ou", "or", "et", "and"}


def parse(text: str, place: str = "") -> tuple[list[Contact], list[Remark]] | None:
    """Returns the contacts of a contact line and remarks; None if it is not certain whose a number or address is.

    `place` is the dateline's. Its country completes numbers without a country code.
    """
    lead = _LEAD.match(text)
    rest = text[lead.end() :] if lead else text
    values: list[tuple[str, str]] = []

    def take(kind: str, value: str) -> str:
        values.append((kind, value.strip(" .,").removeprefix("mailto:")))
        return f" {_PLACEHOLDER}{len(values) - 1}{_PLACEHOLDER} "

    def take_numbers(found: re.Match[str]) -> str:
        return "".join(
            take("phone", number) for number in telephones.split_numbers(found[0], places.countries_in(place))
        )

    rest = _EMAIL.sub(lambda found: take("email", found[0]), rest)
    rest = re.sub(r"(?<=\d)\s*\(0\)\s*(?=\d)", " ", rest)
    rest = telephones.NUMBER.sub(take_numbers, rest)
    for found in _NUMBER_WITH_EXTENSION.finditer(rest):
        kind, value = values[int(found["number"])]
        values[int(found["number"])] = kind, f"{value}{EXTENSION}{found['extension']}"
    rest = _LABELS.sub(" ", telephones.EXTENSION.sub(" ", rest))
    people = _parse_people(rest, values)
    contacts = [_to_contact(one, place) for one in people]
    if any(len(one.emails) > 1 for one in people) or any(_has_numbers_of_two_countries(one, place) for one in people):
        return None
    if len(contacts) > 1 and rest.strip(_TRIM).startswith(_PLACEHOLDER):
        return None  # each value may belong to the name before or after it
    if not all(_is_certain(one, [other for other in contacts if other is not one]) for one in contacts):
        return None
    further = [f"{one.name}: {phone}" for one in people for phone in one.phones[1:]]
    return contacts, [remark("further telephone", phone=phone) for phone in further]


def _parse_people(text: str, values: list[tuple[str, str]]) -> list[_Person]:
    people = [_Person()]
    for chunk in _split_chunks(text):
        marked = re.fullmatch(rf"{_PLACEHOLDER}(\d+){_PLACEHOLDER}", chunk.text)
        if marked:
            _add_value(people, *values[int(marked[1])])
        else:
            _add_words(people, chunk)
    return [one for one in people if one.name or one.is_reachable or one.offices]


def _add_value(people: list[_Person], kind: str, value: str) -> None:
    """Gives an address or a number to the last person. Another address than a named person's is another person's."""
    person = people[-1]
    if value in person.emails or value in person.phones:
        return
    if kind == "phone":
        person.phones.append(value)
    elif person.emails and person.name:
        people.append(_Person(emails=[value]))
    else:
        person.emails.append(value)


def _add_words(people: list[_Person], chunk: _Chunk) -> None:
    """Gives a name or an office to the last person, or to another person who begins here."""
    person = people[-1]
    words = re.sub(r"\s+(?:at|on|à|au|or|ou|par|via|by|in)$", "", chunk.text)
    name, office = _parse_name_and_office(words)
    if name:
        has_other = person.name or (person.offices and person.is_reachable)
        begins = has_other and (person.is_reachable or chunk.is_break or office or not person.offices)
    else:
        begins = chunk.is_break and chunk.has_value and person.is_reachable and len(words.split()) > 1
    if begins:
        person = _Person()
        people.append(person)
    person.name = person.name or name
    person.offices += [part for part in ([office] if name else [words]) if part]


def _split_chunks(text: str) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    for piece_index, piece in enumerate(_split_pieces(text)):
        is_break = piece_index > 0
        for part in re.split(rf"[,()]|({_PLACEHOLDER}\d+{_PLACEHOLDER})|(?<=[^\W\d_]{{3}})\.(?=\s|$)", piece):
            part = (part or "").strip(_TRIM)
            if part and not _CONNECTING_WORDS.fullmatch(part):
                chunks.append(_Chunk(part, is_break, _PLACEHOLDER in piece))
                is_break = False
    return chunks


def _split_pieces(text: str) -> list[str]:
    """Splits the text where another person may begin. « et » or "and" within an office's name does not split it."""
    pieces, start = list[str](), 0
    for found in _BETWEEN_PEOPLE.finditer(text):
        before, after = text[start : found.start()], text[found.end() :]
        is_word = found[0].strip().isalpha() or found[0].strip() == "&"
        following = re.split(rf"[,;(\n{_PLACEHOLDER}]", after.lstrip(), maxsplit=1)[0].strip()
        begins = bool(_parse_name_and_office(following)[0]) or after.lstrip().startswith(_PLACEHOLDER)
        begins = begins or (
            _PLACEHOLDER in before and found[0].strip().casefold() in ("ou", "or") and _PLACEHOLDER in after
        )
        if before.strip() and (not is_word or begins):
            pieces.append(before)
            start = found.end()
    return [*pieces, text[start:]]


def _parse_name_and_office(chunk: str) -> tuple[str, str]:
    """`Laura Finch at Relief Bureau Sana'a` → name and office. Returns `("", "")` if the text begins with no name."""
    words = chunk.strip(_TRIM)
    lead = _BEFORE_NAME.match(words)
    words = words[lead.end() :] if lead else words
    if is_name(words) and not places.is_place(words):
        return words, ""
    for at in _BEFORE_OFFICE.finditer(words):
        if is_name(words[: at.start()]):
            return words[: at.start()].strip(), words[at.end() :].strip(_TRIM)
    owned = _POSSESSIVE.match(words)
    if owned and is_name(owned[2]):
        return owned[2], owned[1]
    return "", ""


def _to_contact(person: _Person, place: str) -> Contact:
    phones = _phones(person, place)
    return Contact(person.name, person.office, "".join(person.emails[:1]), phones[0] if phones else "")


def _phones(person: _Person, place: str) -> list[str]:
    countries = [*places.countries_in(person.office), *places.countries_in(place)]
    return [telephones.to_e164(phone, countries) for phone in person.phones]


def _has_numbers_of_two_countries(person: _Person, place: str) -> bool:
    """Returns whether the numbers are of two countries. One of them then belongs to another person."""
    codes = {telephones.country_code(phone) for phone in _phones(person, place)}
    return len(codes - {None}) > 1  # None: a number that stays as printed


def _is_certain(one: Contact, others: list[Contact]) -> bool:
    """Returns whether the address and the number certainly belong to the contact, and not to one of the others."""
    if not one.email and not one.phone:
        return False  # the number or address was given to another person
    if re.search(r"\s(?:et|and|ou|or|&)\s", one.name):
        return False  # two people with one number
    if not one.name and not one.office and (others or not one.email):
        return False
    if _contains_name(one.office):
        return False
    return _is_address_of(one.name, one.email) or not any(_is_address_of(other.name, one.email) for other in others)


def _contains_name(office: str) -> bool:
    """Returns whether the text that was taken for an office contains a person's name."""
    for part in office.split(","):
        for two in map(" ".join, pairwise(part.split())):
            if is_name(two) and not places.is_place(two):
                return True
    return False


def _is_address_of(name: str, email: str) -> bool:
    """Returns whether the address consists of the name: `jdoe@` of Jane Doe."""
    local = re.sub(r"[^a-z]", "", fold(email.partition("@")[0]))
    words = re.findall(r"[a-z]+", fold(name))
    if not local or not words:
        return False
    return any(len(word) > 3 and word in local for word in words) or local == words[0][0] + words[-1]
