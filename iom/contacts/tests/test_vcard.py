"""The vCard of a media contact, parsed according to RFC 6350."""

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from iom.contacts.models import ContactSettings, PressContact
from iom.tests.addresses import LANGUAGES
from iom.tests.factories import OfficeFactory, PressContactFactory

pytestmark = pytest.mark.django_db
_SIGN = re.compile(r"\\(.)|(;)|([^\\;]+)", re.DOTALL)


def address(contact, language="fr"):
    with translation.override(language):
        return contact.vcard_url


def values(text):
    """A value in its parts, which semicolons separate."""
    parts = [""]
    for escaped, semicolon, plain in _SIGN.findall(text):
        if semicolon:
            parts.append("")
        else:
            parts[-1] += "\n" if escaped in ("n", "N") else escaped or plain
    return parts


def read(client, contact, language="fr"):
    """By property, the values of each of its lines."""
    answer = client.get(address(contact, language))
    assert answer.status_code == 200
    lines = answer.content.split(b"\r\n")
    assert lines.pop() == b""
    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    [line.decode() for line in lines]  # no character is divided
    found = {}
    for line in answer.content.decode().replace("\r\n ", "").splitlines():
        name, _colon, value = line.partition(":")
        found.setdefault(name.partition(";")[0], []).append(values(value))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_who_where_in_which_languages_and_how_to_reach_them(visitor, language):
    office = OfficeFactory(
        country="TD",
        fr=("Bureau de l’OIM au Tchad", "N’Djamena"),
        en=("IOM Chad", "N’Djamena"),
        timezone="Africa/Ndjamena",
    )
    contact = PressContactFactory(
        name="Anne-Élise de la Tour",
        office=office,
        email="a@example.org",
        phone="+33199001952",
        languages=["fr", "ar"],
    )
    card = read(visitor, contact, language)

    assert (card["BEGIN"], card["VERSION"], card["END"]) == ([["VCARD"]], [["4.0"]], [["VCARD"]])
    assert card["KIND"] == [["individual"]]
    assert card["FN"] == [["Anne-Élise de la Tour"]]
    assert card["N"] == [["de la Tour", "Anne-Élise", "", "", ""]]
    assert card["ORG"] == [
        {
            "fr": ["Organisation internationale pour les migrations", "Bureau de l’OIM au Tchad"],
            "en": ["International Organization for Migration", "IOM Chad"],
        }[language]
    ]
    with translation.override(language):
        assert card["TITLE"] == [[contact.get_role_display()]]
    assert card["EMAIL"] == [["a@example.org"]]
    assert card["TEL"] == [["+33199001952"]]
    assert card["LANG"] == [["fr"], ["ar"]]
    assert card["TZ"] == [["Africa/Ndjamena"]]
    assert card["ADR"] == [["", "", "", "N’Djamena", "", "", {"fr": "Tchad", "en": "Chad"}[language]]]
    assert card["SOURCE"] == [[settings.SITE_URL + address(contact, language)]]


def test_a_press_service_is_called_by_its_office(visitor):
    office = OfficeFactory(country="SN", fr="Bureau de Dakar")
    contact = PressContactFactory(name="", role=PressContact.Role.MEDIA_UNIT, office=office, phone="")

    card = read(visitor, contact)
    assert card["KIND"] == [["org"]]
    assert card["FN"] == [["Service de presse, Bureau de Dakar"]]
    assert {"N", "TEL"}.isdisjoint(card)


def test_signs_that_mean_something_in_a_vcard_stand_for_themselves(visitor):
    office = OfficeFactory(country="SN", fr="Dakar; Thiès, etc. \\ nord " + "é" * 100)
    contact = PressContactFactory(name="Marc Ndiaye, fils; dit « M\\n »", office=office)

    card = read(visitor, contact)
    assert card["FN"] == [["Marc Ndiaye, fils; dit « M\\n »"]]
    assert card["ORG"][0][1] == office.names.get(language="fr").name


def test_a_name_with_a_line_break_adds_no_line(visitor):
    contact = PressContactFactory(name="Marc\r\nNOTE:x", office=OfficeFactory(country="SN"))
    assert "NOTE" not in read(visitor, contact)


def test_a_telephone_is_told_what_it_is(visitor):
    contact = PressContactFactory(name="Élise Faure", office=OfficeFactory(country="SN"))
    answer = visitor.get(address(contact))

    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    assert answer["Content-Disposition"] == 'inline; filename="elise-faure.vcf"'
    assert answer["X-Robots-Tag"] == "noindex"


def test_only_whom_the_page_of_press_contacts_lists_has_one(visitor, yesterday):
    in_a_country, nowhere = OfficeFactory(country="SN"), OfficeFactory()
    known, last_day = (PressContactFactory(office=in_a_country, **when) for when in ({}, {"in_post_until": None}))
    left = PressContactFactory(office=in_a_country, in_post_until=yesterday)
    hidden = PressContactFactory(office=nowhere)

    for contact, status in ((known, 200), (last_day, 200), (left, 404), (hidden, 404)):
        assert visitor.get(address(contact)).status_code == status
        card = contact.card()
        assert bool(card and card.vcard_url) == (status == 200)
    assert visitor.get("/fr/vcard/0.vcf").status_code == 404
    assert visitor.get(f"/fr/vcard/{10**30}.vcf").status_code == 404

    settings = ContactSettings.load()
    settings.press_office = nowhere
    settings.save()
    assert visitor.get(address(hidden)).status_code == 200


def test_a_contact_that_an_import_has_made_has_one_once_somebody_saves_it(visitor, sign_in):
    contact = PressContactFactory(office=OfficeFactory(country="SN"), waits=True)
    assert visitor.get(address(contact)).status_code == 404
    assert not contact.card().vcard_url

    form = reverse("wagtailsnippets_contacts_presscontact:edit", args=[contact.pk])
    data = {"name": contact.name, "email": contact.email, "role": contact.role, "office": contact.office_id}
    sign_in("editor").post(form, data)
    assert visitor.get(address(contact)).status_code == 200
