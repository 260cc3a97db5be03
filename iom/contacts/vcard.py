"""A media contact as a vCard (RFC 6350, version 4.0), for the address book of a telephone."""

from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language, gettext

from iom.caching.marking import mark_cacheable
from iom.characters import remove_control_characters
from iom.contacts.models import PressContact, public_contacts
from iom.countries import short_name

_MAX_LINE = 75  # bytes
_ESCAPED = str.maketrans({"\\": r"\\", ",": r"\,", ";": r"\;", "\n": r"\n"})


def vcard(request: HttpRequest, pk: int) -> HttpResponse:
    """Serves a contact in the language of the address. 404 where the page of media contacts does not list it."""
    contact = get_object_or_404(public_contacts(), pk=pk)
    name = slugify(contact.name or contact.office.name) or str(pk)
    headers = {
        # Inline, so that a telephone offers to add the contact instead of saving a file
        "Content-Disposition": content_disposition_header(False, f"{name}.vcf") or "inline",
        "X-Robots-Tag": "noindex",
    }
    response = HttpResponse(build_vcard(contact), content_type="text/vcard; charset=utf-8", headers=headers)
    mark_cacheable(request, response)
    return response


def build_vcard(contact: PressContact) -> str:
    """Returns the vCard in the active language."""
    lines = ["BEGIN:VCARD", "VERSION:4.0", *_properties(contact), "END:VCARD"]
    return "".join(f"{_fold(line)}\r\n" for line in lines)


def _properties(contact: PressContact) -> Iterator[str]:
    office, role = contact.office, str(contact.get_role_display())
    yield f"KIND:{'individual' if contact.name else 'org'}"
    yield f"UID:{uuid5(NAMESPACE_URL, f'{settings.SITE_URL}/contacts/{contact.pk}').urn}"
    yield f"FN:{_text(contact.name or f'{role}, {office.name}')}"
    if contact.name:
        # Some telephones show no name without its parts. All after the first name stays together: « de la Tour ».
        first, _space, rest = contact.name.partition(" ")
        yield f"N:{_text(rest)};{_text(first)};;;"
    yield f"ORG:{_text(gettext('International Organization for Migration'))};{_text(office.name)}"
    yield f"TITLE:{_text(role)}"
    yield f"ROLE:{_text(gettext('Media contact'))}"
    if contact.email:
        yield f"EMAIL;TYPE=work:{_text(contact.email)}"
    if contact.phone:
        yield f"TEL;TYPE=work:{_text(contact.phone)}"  # as text: some telephones show the “tel:” of a URI
    if office.city or office.country:
        yield f"ADR;TYPE=work:;;;{_text(office.city)};;;{_text(short_name(str(office.country)))}"
    for preference, code in enumerate(contact.languages, start=1):
        yield f"LANG;PREF={preference}:{code}"
    if office.timezone:
        yield f"TZ:{office.timezone}"
    yield f"SOURCE:{settings.SITE_URL}{contact.vcard_url}"
    yield f"URL:{settings.SITE_URL}/{get_language()}/"


def _text(value: str) -> str:
    return remove_control_characters("\n".join(value.splitlines())).translate(_ESCAPED)


def _fold(line: str) -> str:
    """Splits a line into lines of at most 75 bytes, between characters. Those after the first begin with a space."""
    parts, size = [""], 0
    for character in line:
        width = len(character.encode())
        if size + width > _MAX_LINE:
            parts.append(" ")
            size = 1
        parts[-1] += character
        size += width
    return "\r\n".join(parts)
