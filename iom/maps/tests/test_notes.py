"""The notes beside a map: the United Nations' formula on all maps, the others if their areas are in view."""

import pytest
from django.utils.translation import override

from iom.maps.geometry import codes
from iom.maps.notes import locator_notes, world_notes

FORMULA = {
    "en": "The boundaries and names shown and the designations used on this map do not imply official endorsement or "
    "acceptance by the United Nations.",
    "fr": "Les frontières et les noms indiqués et les désignations employées sur cette carte n’impliquent ni "
    "reconnaissance ni acceptation officielles de la part de l’Organisation des Nations Unies.",
}
# Words of each other note, in both languages.
WORDS = {
    "dashed lines": ("Dashed lines represent", "Les lignes en tirets représentent"),
    "Jammu and Kashmir": ("final status of Jammu and Kashmir", "statut définitif du Jammu-et-Cachemire"),
    "Sudan and South Sudan": ("boundary between the Sudan and South Sudan", "entre le Soudan et le Soudan du Sud"),
    "Abyei": ("status of the Abyei area", "statut définitif de la zone d’Abyei"),
    "Falkland Islands (Malvinas)": (
        "sovereignty over the Falkland Islands (Malvinas)",
        "la souveraineté sur les îles Falkland (Malvinas)",
    ),
}


def subjects_of(notes, language="en"):
    """The subjects of the notes after the formula."""
    with override(language):
        formula, *others = map(str, notes)
        assert formula == FORMULA[language]
    found = [next(key for key, words in WORDS.items() if any(word in note for word in words)) for note in others]
    for key, note in zip(found, others, strict=True):
        assert WORDS[key][("en", "fr").index(language)] in note
    return found


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_map_of_the_world_has_all_notes(language):
    assert subjects_of(world_notes(), language) == list(WORDS)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(
    ("shown", "subjects"),
    [
        (["JP"], []),
        (["HT"], []),
        (["CA"], []),
        (["UY"], []),
        (["FK"], ["Falkland Islands (Malvinas)"]),
        (["AR"], ["Falkland Islands (Malvinas)"]),
        (["IN"], ["dashed lines", "Jammu and Kashmir"]),
        (["PK"], ["dashed lines", "Jammu and Kashmir"]),
        (["BD"], []),
        (["SD"], ["dashed lines", "Sudan and South Sudan", "Abyei"]),
        (["SS"], ["dashed lines", "Sudan and South Sudan", "Abyei"]),
        (["RS"], ["dashed lines"]),
        (["MA"], ["dashed lines"]),
    ],
)
def test_a_locator_map_has_the_notes_on_what_is_in_its_frame(shown, subjects, language):
    assert subjects_of(locator_notes(tuple(shown)), language) == subjects


def test_countries_far_apart_share_one_map_and_its_notes():
    assert subjects_of(locator_notes(("AR", "PK", "SD"))) == list(WORDS)


def test_a_map_without_dashed_lines_does_not_explain_them():
    explained = {code for code in codes() if "dashed lines" in subjects_of(locator_notes((code,)))}

    assert {"IL", "PS", "EG", "KE", "EH"} <= explained
    assert not {"AU", "BR", "CA", "FJ", "JP", "ZA"} & explained
