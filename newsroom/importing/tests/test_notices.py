"""Notices around a release, such as embargoes and email headers, and texts that --publish does not publish."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from newsroom.dates import day_of
from newsroom.importing.readers import html
from newsroom.importing.structure import parse_press_release
from newsroom.importing.tests.site import ENGLISH, FRENCH, UNDATED, article, release, run, write
from newsroom.release import Heading

TITLE = "The well of Mao reopens"


def left(read, *codes):
    return [one.text for one in read.left_out if one.why["code"] in codes]


def embargoes(read):
    return [one for one in read.notes if one["code"] == "embargo"]


@pytest.mark.parametrize(
    ("line", "until"),
    [
        ("EMBARGOED UNTIL 10:00 GMT, TUESDAY 12 MAY 2026", "2026-05-12"),
        ("Embargo: 12 May 2026, 10 a.m.", "2026-05-12"),
        ("*** STRICTLY UNDER EMBARGO ***", ""),
        ("NOT FOR PUBLICATION OR BROADCAST BEFORE 06:00", ""),
        ("SOUS EMBARGO JUSQU’AU MARDI 12 MAI 2026 À 10 H 00 (HEURE DE GENÈVE)", "2026-05-12"),
        ("Embargo jusqu’à 10 heures", ""),
        ("À ne pas diffuser avant le 1er juin 2026", "2026-06-01"),
    ],
)
def test_an_embargo_line_is_no_title_and_is_reported(line, until):
    read = release(f"{line}\n\n{ENGLISH}")
    assert (read.title, read.dateline.place, left(read, "embargo line")) == (TITLE, "Chad", [line])
    (note,) = embargoes(read)
    assert (note["words"], (note["until"] or {"date": ""})["date"]) == (line, until)


def test_an_embargo_of_two_lines_is_one_with_its_last_day():
    read = release(f"EMBARGOED UNTIL 12 MAY 2026\nNOT FOR PUBLICATION BEFORE THIS TIME\n\n{ENGLISH}")
    assert [note["until"] for note in embargoes(read)] == [{"date": "2026-05-12"}]


def test_an_embargo_line_broken_after_a_comma_has_the_day_of_the_next_line():
    read = release(f"EMBARGO: not for release before 0900 hours GMT,\nThursday 5 February 2015\n\n{ENGLISH}")
    assert [note["until"] for note in embargoes(read)] == [{"date": "2015-02-05"}]
    assert (read.title, read.date.isoformat()) == (TITLE, "2001-05-04")


def test_an_embargo_above_the_headline_of_a_page_is_reported():
    page = f"<p>Menu</p><p>EMBARGOED UNTIL 12 MAY 2026</p><h1>{TITLE}</h1><p>Chad – The well has reopened.</p>"
    read = parse_press_release(html.read(page.encode()))
    assert (read.title, len(embargoes(read)), left(read, "outside")) == (TITLE, 1, ["Menu"])


def test_a_line_may_say_its_kind_and_then_the_embargo_or_the_release():
    read = release(f"Media advisory – EMBARGO: not for release before 0900 hours\n\n{ENGLISH.split('\n', 1)[1]}")
    assert (read.kind, read.title, len(embargoes(read))) == ("media-advisory", TITLE, 1)
    read = release(f"Statement – For immediate release\n\n{ENGLISH.split('\n', 1)[1]}")
    assert (read.kind, read.title, embargoes(read)) == ("statement", TITLE, [])


@pytest.mark.parametrize(
    "title", ["Embargo on Arms Sales Enters Fifth Year", "Not for Sale: A Campaign Against Trafficking"]
)
def test_a_title_about_an_embargo_is_a_title(title):
    read = release(ENGLISH.replace(TITLE, title))
    assert (read.title, embargoes(read)) == (title, [])


@pytest.mark.parametrize(
    "line",
    ["FOR IMMEDIATE RELEASE", "Check against delivery", "Pour diffusion immédiate :", "Seul le prononcé fait foi"],
)
def test_a_release_line_is_no_title(line):
    read = release(f"{line}\n\n{ENGLISH}")
    assert (read.title, left(read, "release line"), read.notes) == (TITLE, [line], ())


def test_a_release_line_may_contain_a_date():
    read = release(f"FOR RELEASE: May 12, 2026\n\n{ENGLISH.replace(', 4 May 2001', '')}")
    assert (read.title, read.date.isoformat()) == (TITLE, "2026-05-12")


MAIL = """De : Service de presse <presse@example.org>
Envoyé : lundi 11 mai 2026 17:45
À : Anne Roy <aroy@example.org>; Paul Renard <prenard@example.org>; Ali Bako <abako@example.org>;
Mariam Abdoulaye <mabdoulaye@example.org>
Objet : Le puits de Mao – sous embargo jusqu’au 12 mai 2026

"""


def test_an_email_header_is_left_out_and_its_embargo_is_reported():
    read = release(MAIL + FRENCH)
    assert (read.title, read.date.isoformat()) == ("Le puits de Mao rouvre", "2001-05-04")
    assert "\n".join(left(read, "mail")) == MAIL.strip()
    assert [note["until"] for note in embargoes(read)] == [{"date": "2026-05-12"}]
    assert [one.email for one in read.contacts] == ["prenard@example.org"]


def test_the_covering_note_of_an_email_is_left_out():
    head = f"From: Media <m@example.org>\nSubject: Press release: {TITLE}\n\nDear colleagues,\n\nThe text follows.\n\n"
    read = release(head + ENGLISH.split("\n", 1)[1])
    assert (read.title, len(left(read, "mail"))) == (TITLE, 4)


def test_an_end_mark_after_the_last_sentence_is_left_out():
    read = release(FRENCH.replace("chaque jour.", "chaque jour. – FIN –"))
    assert (left(read, "end"), read.paragraphs[1].text[-12:]) == (["– FIN –"], "chaque jour.")


@pytest.mark.parametrize("mark", ["ENDS", "-FIN-", "# # #", "* * *", "- 30 -", "________"])
def test_an_end_mark_on_its_own_line_is_left_out(mark):
    read = release(FRENCH.replace("Pour plus", f"{mark}\n\nNote aux rédactions : le puits est public.\n\nPour plus"))
    assert left(read, "end") == [mark]
    assert [one.text for one in read.paragraphs][-1] == "Note aux rédactions : le puits est public."


def test_a_heading_with_the_word_of_an_end_mark_stays():
    read = release(FRENCH.replace("Plus de 300", "La fin\n\nFin\n\nPlus de 300"))
    assert "Fin" in [one.text for one in read.blocks if isinstance(one, Heading)]


def ahead(days):
    return (day_of(timezone.now()) + timedelta(days=days)).isoformat()


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "status"), [(None, "skipped"), (1, "skipped"), (0, "skipped"), (-1, "created")])
def test_a_text_under_embargo_is_not_published(tmp_path, days, status):
    line = "UNDER EMBARGO" if days is None else f"EMBARGOED UNTIL {ahead(days)}"
    (tmp_path / "1.txt").write_text(f"{line}\n\n{ENGLISH}")
    (reported,) = run(tmp_path, publish=True)
    assert (reported["status"], reported["title"]) == (status, TITLE)
    assert ("embargo" in reported.get("why", "")) == (status == "skipped")


@pytest.mark.django_db
def test_a_draft_under_embargo_or_dated_ahead_is_not_published_by_a_later_run(tmp_path):
    (tmp_path / "1.txt").write_text(f"UNDER EMBARGO\n\n{ENGLISH}")
    (tmp_path / "2.txt").write_text(FRENCH.replace("4 mai 2001", ahead(3)))
    assert [line["status"] for line in run(tmp_path)] == ["created", "created"]
    lines = run(tmp_path, publish=True)
    assert [(line["status"], article(line).live) for line in lines] == [("skipped", False)] * 2


@pytest.mark.django_db
def test_a_text_that_is_dated_ahead_is_not_published(tmp_path):
    (tmp_path / "1.txt").write_text(FRENCH.replace("4 mai 2001", ahead(1)))
    (tmp_path / "2.txt").write_text(UNDATED.replace("– Le puits", f"{ahead(0)} – Le puits"))
    lines = run(tmp_path, publish=True)
    assert [line["status"] for line in lines] == ["skipped", "created"]
    assert lines[0]["why"]


@pytest.mark.django_db
def test_a_text_with_only_a_title_is_refused(tmp_path):
    (tmp_path / "1.html").write_text("<nav><p>Tout le texte est ici.</p></nav><h1>Un titre du 4 mai 2001</h1>")
    (line,) = run(tmp_path, publish=True, locale="fr", status=1)
    assert (line["status"], bool(line["why"])) == ("failed", True)


@pytest.mark.django_db
def test_the_note_tells_the_officer_of_an_embargo_in_force(sign_in):
    client = sign_in("officer")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    for day, is_shown in (("2999-01-01", True), ("2001-05-04", False)):
        page = write(f"EMBARGOED UNTIL {day}\n\n{ENGLISH.replace('300', day[:4])}", "en")
        content = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
        assert ("Do not publish it before" in content) == is_shown
