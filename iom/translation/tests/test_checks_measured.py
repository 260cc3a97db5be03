"""A part of what `make eval-checks` measures: seeded faults are found, and correct translations give few alarms."""

from tools import eval_checks, translations
from tools.translations import faults


def test_nearly_every_fault_is_found_and_few_alarms_are_false():
    there, seen, alarms, _lost = eval_checks.evaluate(False, 30, 54)

    assert there.total() == 54
    assert seen.total() >= eval_checks.MIN_FOUND * there.total()
    assert len(alarms) <= eval_checks.MAX_ALARMS * 30


def test_every_kind_of_fault_is_seeded():
    known = eval_checks.glossary()
    seeded = faults.seed_faults(translations.articles(100, False, known), 150, known)

    assert {name for name, _pairs, _at in seeded} == {*faults.FAULTS, *faults.glossary_faults(known)}


def test_the_passages_of_an_article_stand_in_the_order_of_its_file():
    names = [str(number) for number in range(20)]
    french, english = ({name: f"{language} {name}" for name in names} for language in translations.LANGUAGES)
    assert list(translations._pairs({"fr": french, "en": english})) == [(f"fr {name}", f"en {name}") for name in names]


def test_there_are_enough_passages_and_half_of_them_are_held_out():
    assert len(translations.passages()) >= 120
    known = eval_checks.glossary()
    tuned, held_out = (
        {pair.source for text in translations.articles(100, half, known) for pair in text} for half in (False, True)
    )
    assert len(tuned & held_out) < 20  # notices that several articles have
