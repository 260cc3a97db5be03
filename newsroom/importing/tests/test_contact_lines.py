"""Contact lines: no contact gets the number or address of another person."""

import pytest

from iom.contacts.models import PressContact
from iom.tests.record_names import name_of
from newsroom.importing.remarks import remark
from newsroom.importing.tests import contact_lines
from newsroom.importing.tests.site import FRENCH, write
from newsroom.importing.tests.texts import lost_words
from newsroom.models import ImportedText
from newsroom.release import Contact

LINES = list(contact_lines.lines())


@pytest.mark.parametrize("line", LINES, ids=lambda line: " / ".join(line["lines"])[:60])
def test_a_contact_line_gives_the_people_that_it_names_or_nobody(line):
    release = contact_lines.release(line)
    assert contact_lines.result(line, release) != contact_lines.WRONG
    assert lost_words("\n".join(line["lines"]), release) == []


@pytest.mark.parametrize(
    "line", [line for line in LINES if not line["contacts"]], ids=lambda one: one["lines"][0][:60]
)
def test_an_ambiguous_contact_line_is_reported_and_its_text_is_kept(line):
    release = contact_lines.release(line)
    assert [note["code"] for note in release.notes] == ["contacts unclear"]
    assert "contact unclear" in [left.why["code"] for left in release.left_out]


def test_clear_contact_lines_are_read():
    results = contact_lines.results()
    assert results[contact_lines.SILENT] <= 2
    assert results[contact_lines.RIGHT] >= len(LINES) - 2


UNCLEAR = FRENCH.split("Pour plus d’informations")[0] + (
    "Pour plus d’informations, veuillez contacter Awa Sow ou Paul Renard, tél. +41 22 555 01 23, +41 22 555 01 24.\n"
)
NAMELESS = FRENCH.split("Pour plus d’informations")[0] + "Contact : Antenne mobile, tél. +41 22 555 01 23\n"


@pytest.mark.django_db
@pytest.mark.parametrize("text", [UNCLEAR, NAMELESS])
def test_an_ambiguous_contact_line_creates_no_contact(text):
    before = set(PressContact.objects.values_list("pk", flat=True))
    article = write(text)
    assert set(PressContact.objects.values_list("pk", flat=True)) == before
    assert not article.contacts.exists()
    codes = {note["code"] for note in ImportedText.objects.get(page=article.pk).notes}
    assert codes & {"contacts unclear", "contact unnamed"}


@pytest.mark.django_db
def test_a_press_service_of_a_known_office_is_created_there():
    text = NAMELESS.replace("Antenne mobile", "Service de presse, OIM Tchad")
    row = write(text).contacts.get()
    assert (row.contact.name, name_of(row.contact.office, "en")) == ("", "IOM Chad")


def test_a_contact_of_one_line_keeps_its_further_number():
    line = {"locale": "en", "lines": ["Contact: Ann Bee, tel. +41 22 555 01 23 / +41 22 555 01 24"]}
    release = contact_lines.release(line)
    assert release.contacts[0] == Contact("Ann Bee", "", "", "+41225550123")
    assert release.notes == (remark("further telephone", phone="Ann Bee: +41 22 555 01 24"),)


def test_a_number_with_an_unknown_country_code_stays_as_printed():
    line = {"locale": "en", "lines": ["Contact: Ann Bee, tel. +00 000 00 00, ann@example.org"]}
    assert contact_lines.release(line).contacts == (Contact("Ann Bee", "", "ann@example.org", "+00 000 00 00"),)
