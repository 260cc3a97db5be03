"""What the checks of words find, beside what people expect: written first, half of it held out while they were made.

`python -m pytest -s` prints how much of what is found is wanted (precision), and how much of what is wanted is found.
"""

from pathlib import Path

import pytest

from iom.checks.page_text import rules_for
from iom.checks.sentences import count_words, sentences
from iom.checks.typography import correct, corrections
from iom.checks.wording import undated_words, unexplained_acronyms

FOLDER = Path(__file__).parent / "expectations"
pytestmark = pytest.mark.one_database


def lines(name):
    """The parts of each line, those for adjusting the check first, then those that are held out."""
    read = [line for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    parts = [[part.strip() for part in line.split("|")] for line in read]
    return parts[::2], parts[1::2]


def of_acronyms(language, text, wanted):
    return {name for _number, name in unexplained_acronyms([text], language)}, set(filter(None, wanted.split(";")))


def of_yesterday(language, text, wanted):
    return {word.lower() for word in undated_words(text, language)}, set(filter(None, wanted.lower().split(";")))


def of_sentences(language, text, wanted):
    most = rules_for(language)["longest_sentence"]
    found = [one for one in sentences(text, language) if count_words(one) > most]
    return {f"long {n}" for n in range(len(found))}, {f"long {n}" for n in range(int(wanted))}


def of_typography(text, wanted):
    text, wanted = (one.replace("_", "\u00a0").replace("~", "\u202f") for one in (text, wanted))
    found = correct(text)
    if found == wanted:
        return ({1}, {1}) if text != wanted else (set(), set())
    return ({2} if found != text else set()), ({1} if text != wanted else set())


CHECKS = {"acronyms": of_acronyms, "yesterday": of_yesterday, "sentences": of_sentences, "typography": of_typography}


def measured(check, part):
    """Precision and recall, and the lines that are not as expected."""
    right = found = wanted = 0
    wrong = []
    for line in part:
        ours, theirs = check(*line)
        right, found, wanted = right + len(ours & theirs), found + len(ours), wanted + len(theirs)
        if ours != theirs:
            wrong.append((*line, ours))
    return right / (found or 1), right / (wanted or 1), wrong


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_finds_what_people_expect(name):
    for label, part in zip(("adjusted", "held out"), lines(name), strict=True):
        assert len(part) >= 15
        precision, recall, wrong = measured(CHECKS[name], part)
        print(f"{name}, {label}: {len(part)} texts, precision {precision:.2f}, recall {recall:.2f}")  # noqa: T201
        assert precision >= 0.9, wrong
        assert recall >= 0.9, wrong


def test_the_places_that_are_wrong_make_the_text_that_is_right():
    """As the editor's script does: one place after the other, wherever its words stand."""
    for text, _wanted in (line for part in lines("typography") for line in part):
        text = text.replace("_", "\u00a0").replace("~", "\u202f")
        set_right = text
        for wrong, right in corrections(text):
            assert wrong in set_right
            set_right = set_right.replace(wrong, right)
        assert set_right == correct(text)
