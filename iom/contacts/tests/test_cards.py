"""A contact box shows the contact, else the nearest reachable office, and never someone who has left."""

from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from iom.contacts.models import PressContact, cards
from iom.contacts.models.press import contacts_in_post
from iom.tests.factories import OfficeFactory, PressContactFactory


def test_a_contact_in_post_answers_in_person(db):
    office = OfficeFactory(email="office@example.org")
    contact = PressContactFactory(name="Aya", phone="+201024938965", languages=["ar", "fr"], office=office)

    card = contact.card()

    assert (card.name, card.email, card.phone, card.office) == ("Aya", contact.email, "+201024938965", office)
    assert card.languages == ["ar", "fr"]


def test_a_contact_answers_until_the_end_of_the_last_day(db):
    contact = PressContactFactory(in_post_until=timezone.localdate())

    assert contact.card().name == contact.name
    assert contact.is_in_post(contact.in_post_until)
    assert not contact.is_in_post(contact.in_post_until + timedelta(days=1))


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])  # in one of them it is another day
def test_the_last_day_is_that_of_the_site_wherever_the_person_works_who_looks(db, zone):
    """What is shown to an administrator is kept for readers."""
    last = PressContactFactory(in_post_until=timezone.localdate())
    gone = PressContactFactory(in_post_until=timezone.localdate() - timedelta(days=1))
    with timezone.override(zone):
        assert (last.is_in_post(), gone.is_in_post()) == (True, False)
        assert set(contacts_in_post().filter(pk__in=[last.pk, gone.pk])) == {last}


def test_once_a_contact_has_left_the_office_answers(yesterday, db):
    office = OfficeFactory(email="office@example.org", phone="+41227179111")

    card = PressContactFactory(office=office, in_post_until=yesterday).card()

    assert (card.office, card.email, card.phone) == (office, "office@example.org", "+41227179111")
    assert (card.name, card.role, card.languages) == ("", "", [])


@pytest.mark.parametrize("reached_by", [{"email": "above@example.org"}, {"phone": "+41227179111"}])
def test_where_the_office_cannot_be_reached_the_nearest_above_it_answers(yesterday, db, reached_by):
    top = OfficeFactory(email="top@example.org")
    above = OfficeFactory(parent=top, **reached_by)
    office = OfficeFactory(parent=OfficeFactory(parent=above))

    assert PressContactFactory(office=office, in_post_until=yesterday).card().office == above


def test_where_no_office_above_can_be_reached_the_press_office_of_the_site_answers(yesterday, press_office):
    office = OfficeFactory(parent=OfficeFactory())

    card = PressContactFactory(office=office, in_post_until=yesterday).card()

    assert (card.office, card.email) == (press_office, "press.office@example.org")


def test_where_nobody_answers_there_is_no_card(yesterday, no_press_office):
    assert PressContactFactory(in_post_until=yesterday).card() is None


@pytest.mark.parametrize("office", [{"email": "office@example.org"}, {}])
def test_nothing_of_someone_who_has_left_is_on_the_card(yesterday, press_office, office):
    departed = PressContactFactory(
        name="Someone Gone",
        email="gone@example.org",
        phone="+33199001953",
        role=PressContact.Role.SPOKESPERSON,
        languages=["de"],
        office=OfficeFactory(**office),
        in_post_until=yesterday,
    )

    card = departed.card()
    everything = " ".join([repr(card), card.heading, card.spoken])

    for detail in ("Gone", "gone@", "99001953", str(departed.get_role_display()), "allemand"):
        assert detail not in everything


def test_an_office_that_answers_for_several_is_shown_once(yesterday, db):
    office = OfficeFactory(email="office@example.org")
    gone = [PressContactFactory(office=office, in_post_until=yesterday) for _ in range(2)]
    here = [PressContactFactory(office=office) for _ in range(2)]

    shown = cards([gone[0], here[0], gone[1], here[1]])

    assert [card.name for card in shown] == ["", here[0].name, here[1].name]


def test_a_contact_nobody_answers_for_is_left_out_of_the_box(yesterday, no_press_office):
    gone, here = PressContactFactory(in_post_until=yesterday), PressContactFactory()

    assert [card.name for card in cards([gone, here])] == [here.name]


def test_the_heading_of_a_card_is_never_empty(yesterday, db):
    office = OfficeFactory(email="office@example.org", fr="Bureau du Caire")
    person, service, gone = (
        PressContactFactory(office=office, **values)
        for values in (
            {"name": "Aya"},
            {"name": "", "role": PressContact.Role.MEDIA_UNIT},
            {"in_post_until": yesterday},
        )
    )

    assert person.card().heading == "Aya"
    assert service.card().heading == str(PressContact.Role.MEDIA_UNIT.label)
    assert gone.card().heading == "Bureau du Caire"


def test_the_languages_spoken_are_named_in_the_readers_language(db):
    card = PressContactFactory(languages=["ar", "es"]).card()

    with translation.override("fr"):
        assert card.spoken == "arabe, espagnol"
    with translation.override("en"):
        assert card.spoken == "Arabic, Spanish"


def test_a_box_asks_the_database_once_for_contacts_whose_office_or_the_one_above_answers(
    yesterday, db, django_assert_num_queries
):
    above = OfficeFactory(email="above@example.org")
    chosen = [
        PressContactFactory(office=OfficeFactory(parent=above, country="EG"), in_post_until=left).pk
        for left in (None, yesterday, yesterday)
    ]

    with django_assert_num_queries(1):
        assert len(cards(list(PressContact.objects.filter(pk__in=chosen)))) == 2


def test_the_former_spokesperson_of_the_demonstration_is_answered_for_by_vienna(db):
    former = PressContact.objects.get(email="former@example.org")

    assert former.in_post_until == date(2024, 6, 30)
    assert former.card().email == "vienna@example.org"
