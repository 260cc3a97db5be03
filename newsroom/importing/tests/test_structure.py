"""The structure of a parsed text: language, numbered lists and speakers."""

import pytest

from newsroom.importing.tests.site import ENGLISH, FRENCH, release
from newsroom.release import ListBlock

SPANISH = """Comunicado de prensa

El pozo de Mao vuelve a abrir

Chad, 4 de mayo de 2001 – El pozo de la ciudad de Mao se ha abierto ayer tras tres años de obras, según la Organización.

Más de 300 familias toman allí el agua cada día, y la mitad de los retornados encontró sus casas dañadas.
"""
PORTUGUESE = """O poço de Mao reabre

Chade, 4 de maio de 2001 – O poço da cidade de Mao reabriu ontem, após três anos de obras, segundo a Organização.

Mais de 300 famílias tiram dele a água todos os dias, e a metade das pessoas encontrou as suas casas danificadas.
"""
ITALIAN = """Riapre il pozzo di Mao

Ciad, 4 maggio 2001 – Il pozzo della città di Mao è stato riaperto ieri dopo tre anni di lavori, e la gente è tornata.

Più di 300 famiglie vi prendono l’acqua ogni giorno, secondo i dati dell’Organizzazione, che non ha un altro pozzo.
"""


@pytest.mark.parametrize("text", [SPANISH, PORTUGUESE, ITALIAN])
def test_no_language_is_detected_for_a_text_in_an_unknown_one(text):
    assert release(text).locale == ""
    assert release(text, locale="fr").locale == "fr"


def test_the_language_of_a_text_with_few_common_words_is_detected():
    assert release("Un puits à Mao\n\nTchad – Trois cents familles prennent leur eau au puits.").locale == "fr"
    assert release("A well in Mao\n\nChad – Three hundred families get water from one well.").locale == "en"


MARKS = [("1. ", "2. ", "3. "), ("a) ", "b) ", "c) "), ("(1) ", "(2) ", "(3) "), ("4) ", "5) ", "6) ")]
ITEMS = ("Seeds for the farmers of the province.", "Water for the villages.", "Schools for the children.")


@pytest.mark.parametrize("marks", MARKS)
def test_a_numbered_list_is_whole_without_its_marks(marks):
    lines = "\n".join(mark + item for mark, item in zip(marks, ITEMS, strict=True))
    read = release(ENGLISH.replace("“We waited", f"The office asks for this:\n\n{lines}\n\n“We waited"))
    (found,) = [block for block in read.blocks if isinstance(block, ListBlock)]
    assert tuple(item.text for item in found.items) == ITEMS
    assert "lost" not in [left.why["code"] for left in read.left_out]


@pytest.mark.parametrize("lead", ["Let me be clear:", "Allow me to cite our driver:", "One girl asked me:"])
def test_the_pronoun_me_is_no_lawyers_title(lead):
    read = release(ENGLISH.replace("“We waited", f"{lead} “The road is a well.”\n\n“We waited"), locale="en")
    assert not read.quotations[0].speaker.endswith("me")


@pytest.mark.parametrize("name", ["Me Bako", "Me Ali Bako"])
def test_a_lawyers_title_stays_in_the_name(name):
    read = release(FRENCH.replace("Awa Doumbé, coordonnatrice de l’entraide", f"{name}, avocat de la famille"))
    assert read.quotations[0].attribution == f"{name}, avocat de la famille"
