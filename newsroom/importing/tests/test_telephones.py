"""Telephone numbers of contact lines: each is parsed, or reported by a remark."""

import pytest

from iom.contacts import vcard
from iom.contacts.models import PressContact
from newsroom.importing.remarks import remark
from newsroom.importing.tests import contact_lines
from newsroom.importing.tests.site import FRENCH, write
from newsroom.models import ImportedText


def read(number, place="en"):
    line = f"Contact: Ann Bee, IOM Chad, Tel: {number}, Email: abee@example.org"
    release = contact_lines.release({"locale": place, "lines": [line]})
    (person,) = release.contacts
    assert (person.name, person.office, person.email) == ("Ann Bee", "IOM Chad", "abee@example.org")
    return person.phone, list(release.notes)


@pytest.mark.parametrize(
    ("printed", "second"),
    [
        ("+235 22 52 53 54 / 66 29 00 11", "+235 66 29 00 11"),
        ("+235 22 52 53 54/66 29 00 11", "+235 66 29 00 11"),
        ("+235 22 52 53 54 – 66 29 00 11", "+235 66 29 00 11"),
        ("(+235) 22 52 53 54 - 66 29 00 11", "+235 66 29 00 11"),
        ("00235 22 52 53 54/55", "00235 22 52 53 55"),
        ("+235 22525354 / +41 22 555 01 23", None),
    ],
)
def test_two_numbers_after_one_label_are_split(printed, second):
    if second is None:  # of two countries: one of them is somebody else's
        line = f"Contact: Ann Bee, IOM Chad, Tel: {printed}"
        release = contact_lines.release({"locale": "en", "lines": [line]})
        assert [note["code"] for note in release.notes] == ["contacts unclear"]
        return
    assert read(printed) == ("+23522525354", [remark("further telephone", phone=f"Ann Bee: {second}")])


@pytest.mark.parametrize("printed", ["+41 22 / 555 01 23", "+41 22 555 - 01 - 23", "022/555 01 23"])
def test_a_number_with_separators_between_its_digits_is_not_split(printed):
    phone, _notes = read(printed)
    assert phone in ("+41225550123", printed)


def test_two_numbers_without_a_code_are_of_the_country_of_the_office():
    assert read("22 52 53 54 / 66 29 00 11") == (
        "+23522525354",
        [remark("further telephone", phone="Ann Bee: 66 29 00 11")],
    )


@pytest.mark.parametrize("written", ["ext. 45", "ext 45", "x45", "x 45", "(poste 45)", "extension 45"])
def test_an_extension_is_kept(written):
    assert read(f"+41 22 555 01 23 {written}") == ("+41225550123;ext=45", [])


@pytest.mark.django_db
def test_a_contact_has_the_extension_wherever_the_number_is_shown(visitor):
    text = FRENCH.replace("+41 22 555 01 23", "+41 22 555 01 23 (poste 45)").replace("prenard", "pr.nouveau")
    write(text)
    contact = PressContact.objects.get(email="pr.nouveau@example.org")
    assert contact.phone == "+41225550123;ext=45"
    assert r"TEL;TYPE=work:+41225550123\;ext=45" in vcard.build_vcard(contact)


@pytest.mark.django_db
def test_an_invalid_number_is_reported():
    text = FRENCH.replace("+41 22 555 01 23", "+41 22 555 01 23 99 88 77 66 55").replace("prenard", "pr.nouveau")
    article = write(text)
    assert PressContact.objects.get(email="pr.nouveau@example.org").phone == ""
    notes = ImportedText.objects.get(page=article.pk).notes
    assert "telephone not read" in [note["code"] for note in notes]
