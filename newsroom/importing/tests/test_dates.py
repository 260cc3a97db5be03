from datetime import date

import pytest

from newsroom.importing.readers import plain_text
from newsroom.importing.structure import dateline, dates, parse_press_release


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        ("Genève/ Port-au-Prince, 9 mars – L’Organisation", "Genève/ Port-au-Prince", None),
        ("Jordanie - Hier, 29 février, le dernier vol", "Jordanie", None),
        ("GENEVA, Switzerland, March 10, 2017/ -- So far", "GENEVA, Switzerland", date(2017, 3, 10)),
        ("TRIPOLI, 17 Jan. 1998 (RB) -- An airlift", "TRIPOLI", date(1998, 1, 17)),
        ("Dakar, le 1er mars 2016 – Les représentants", "Dakar", date(2016, 3, 1)),
        ("Kinshasa - 12 octobre 2007 - L’école", "Kinshasa", date(2007, 10, 12)),
        ("Goma (RDC) – La ville", "Goma (RDC)", None),
        ("GENEVA—The bureau", "GENEVA", None),
        ("Trinité-et-Tobago – Les îles", "Trinité-et-Tobago", None),
        ("Suisse - « Je suis bouleversé", "Suisse", None),
        ("Le 3 février 2004 – Un accord", "", date(2004, 2, 3)),
    ],
)
def test_a_dateline_gives_place_and_date(text, place, day):
    line = dateline.parse(text).dateline
    assert (line.place, line.date) == (place, day)


@pytest.mark.parametrize(
    "text",
    [
        "Al-Qaïda a repris ses attaques - mardi - dans le nord",
        "Port-au-Prince est restée calme – du moins jusqu’à midi – et",
        "L’OIM – l’organisation des Nations Unies pour les migrations – a lancé",
        "IOM – the UN Migration Agency – has appealed",
        "Mali – pays enclavé – a signé",
        "Nine island states – from Tuvalu to Palau – have agreed",
    ],
)
def test_a_dash_in_the_first_sentence_is_no_dateline(text):
    assert dateline.parse(text) is None


def proposed(text, neighbour_dates=(None, None)):
    release = parse_press_release(plain_text.read_text(f"Un titre\n{text}\n"), neighbour_dates=neighbour_dates)
    assert release.date is None
    assert release.proposal.reason
    return release.proposal.date


def test_a_leap_day_and_a_year_in_the_text_give_a_proposal():
    assert proposed("Jordanie - Hier, 29 février, le vol a tenu la promesse faite fin 2015.") == date(2016, 3, 1)


def test_a_weekday_chooses_the_year():
    assert proposed("Juba, mardi 14 juin – Les urnes sont là, depuis le vote de 2010.") == date(2011, 6, 14)


def test_the_neighbours_in_the_archive_choose_the_year():
    neighbour_dates = (date(2008, 12, 20), date(2009, 4, 1))
    assert proposed("Juba, 9 mars – Les urnes sont arrivées.", neighbour_dates) == date(2009, 3, 9)


def test_a_year_in_the_future_of_the_text_proposes_no_date():
    assert proposed("Juba, 9 mars – Les urnes serviront le Programme 2030, d’ici à 2030.") is None


def test_without_a_day_no_date_is_proposed_and_a_reason_is_given():
    assert proposed("Juba – Les urnes sont arrivées.") is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Posted on Fri. July-01-2016", date(2016, 7, 1)),
        ("Fri, 08/03/2018 - 09:20", date(2018, 8, 3)),
        ("Publié le 14 juin 2011", date(2011, 6, 14)),
        ("le lundi 1er février 1999", date(1999, 2, 1)),
        ("2016-02-29", date(2016, 2, 29)),
    ],
)
def test_a_day_is_read_however_it_is_written(text, day):
    assert dates.find(text).exact == day


def test_a_day_that_does_not_exist_is_none():
    assert dates.find("le 31 février 2016") is None
