"""The lookup of the press contacts of an office, which articles, country pages and the contacts page share."""

import pytest

from iom.contacts.lookup import cards_for_office, press_contact_lookup
from iom.tests.factories import OfficeFactory, PressContactFactory


def emails_for(office):
    return [contact.email for contact in press_contact_lookup().for_office(office.pk)]


def test_the_press_asks_those_of_the_office_else_of_the_nearest_above_else_of_the_press_office(
    yesterday, press_office
):
    above = OfficeFactory(parent=OfficeFactory(email="top@example.org"))
    office = OfficeFactory(parent=OfficeFactory(parent=above), email="office@example.org")
    PressContactFactory(office=office, in_post_until=yesterday)
    PressContactFactory(email="of.nobody@example.org")
    assert emails_for(office) == []

    PressContactFactory(office=press_office, email="press@example.org")
    assert emails_for(office) == ["press@example.org"]
    PressContactFactory(office=above, email="above@example.org")
    assert emails_for(office) == ["above@example.org"]
    PressContactFactory(office=office, email="own@example.org")
    assert emails_for(office) == ["own@example.org"]
    assert emails_for(above) == ["above@example.org"]


def test_without_any_press_contact_the_office_answers_else_one_above_it_else_the_press_office(press_office):
    top = OfficeFactory(email="top@example.org")
    office, nowhere = OfficeFactory(parent=top), OfficeFactory()

    assert [card.email for card in cards_for_office(office.pk)] == ["top@example.org"]
    assert [card.email for card in cards_for_office(nowhere.pk)] == ["press.office@example.org"]
    assert [card.email for card in cards_for_office(None)] == ["press.office@example.org"]

    PressContactFactory(office=top, name="Aya")
    assert [card.name for card in cards_for_office(office.pk)] == ["Aya"]


def test_where_nobody_answers_there_is_no_card(no_press_office):
    assert cards_for_office(OfficeFactory().pk) == []


@pytest.mark.parametrize("number", [1, 5])
def test_it_takes_as_many_queries_for_many_offices_as_for_one(press_office, django_assert_num_queries, number):
    PressContactFactory(office=press_office)
    for _ in range(number):
        PressContactFactory(office=OfficeFactory(parent=OfficeFactory(parent=press_office)))
    with django_assert_num_queries(3):
        found = press_contact_lookup()
        assert all(found.for_office(key) for key, office in found.offices.items() if press_office in office.upwards())
