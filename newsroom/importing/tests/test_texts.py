import pytest

from newsroom.importing import report
from newsroom.importing.counting import lost
from newsroom.importing.tests import compose, texts

ALL = list(texts.texts())


def test_the_set_has_texts_in_both_languages():
    locales = [text.expected["locale"] for text in ALL]
    assert len(ALL) >= 40
    assert locales.count("fr") == locales.count("en")


@pytest.mark.parametrize("text", ALL, ids=lambda text: text.name)
def test_what_must_come_out_of_a_text_does(text):
    release = text.release()
    assert texts.wrong(release, text.expected) == {}
    assert lost("\n".join(passage.words for passage in text.document().passages), release) == []


def test_texts_composed_at_random_come_out_as_they_were_composed():
    count = 400
    wrong = [texts.wrong(*compose.read(seed)) for seed in range(count)]
    rates = {field: sum(field not in one for one in wrong) / count for field in texts.FIELDS}
    # A wrapped paragraph whose last line is full cannot be told from one that goes on, without blank lines.
    assert rates["paragraphs"] >= 0.96
    assert min(rate for field, rate in rates.items() if field != "paragraphs") >= 0.99


def test_the_report_tells_what_was_found_and_what_was_left_out():
    text = next(text for text in ALL if text.name.startswith("01-"))
    line = report.Outcome("one.txt", report.Outcome.CREATED, 7, said=report.line(text.release())).line()
    assert (line["file"], line["status"], line["page"]) == ("one.txt", "created", 7)
    assert line["quotes"] == text.expected["quotes"]
    assert line["contacts"] == text.expected["contacts"]
    assert line["date"] is None
    assert line["proposal"]["reason"]
    assert all(left["text"] and left["why"] for left in line["left_out"])
