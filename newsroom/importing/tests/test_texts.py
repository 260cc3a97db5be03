import pytest

from newsroom.importing import report
from newsroom.importing.tests import compose, texts
from newsroom.importing.tests.texts import lost_words

ALL = list(texts.texts())


def test_the_set_has_texts_in_both_languages():
    locales = [text.expected["locale"] for text in ALL]
    assert len(ALL) >= 40
    assert locales.count("fr") == locales.count("en")


@pytest.mark.parametrize("text", ALL, ids=lambda text: text.name)
def test_each_text_is_parsed_as_expected(text):
    release = text.release()
    assert texts.mismatches(release, text.expected) == {}
    assert lost_words("\n".join(passage.words for passage in text.document().passages), release) == []


def test_most_composed_texts_are_parsed_as_expected():
    count = 400
    wrong = [texts.mismatches(*compose.read(seed)) for seed in range(count)]
    rates = {field: sum(field not in one for one in wrong) / count for field in texts.FIELDS}
    # A wrapped paragraph whose last line is full cannot be told from one that goes on, without blank lines.
    assert rates["paragraphs"] >= 0.96
    assert min(rate for field, rate in rates.items() if field != "paragraphs") >= 0.99


def test_the_report_contains_the_parsed_fields_and_the_left_out_texts():
    text = next(text for text in ALL if text.name.startswith("01-"))
    line = report.Outcome("one.txt", report.Outcome.CREATED, 7, content=report.line_for_release(text.release())).line()
    assert (line["file"], line["status"], line["page"]) == ("one.txt", "created", 7)
    assert line["quotes"] == text.expected["quotes"]
    assert line["contacts"] == text.expected["contacts"]
    assert line["date"] is None
    assert line["proposal"]["reason"]
    assert all(left["text"] and left["why"] for left in line["left_out"])
