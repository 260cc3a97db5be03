"""What a text says in its order: numbered lists, and who is quoted."""

import pytest

from newsroom.importing.tests.site import ENGLISH, FRENCH, release
from newsroom.release import ListBlock

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
def test_the_pronoun_me_is_nobody(lead):
    read = release(ENGLISH.replace("“We waited", f"{lead} “The road is a well.”\n\n“We waited"), locale="en")
    assert not read.quotations[0].speaker.endswith("me")


@pytest.mark.parametrize("name", ["Me Bako", "Me Ali Bako"])
def test_a_lawyer_is_called_as_one(name):
    read = release(FRENCH.replace("Awa Doumbé, coordonnatrice de l’entraide", f"{name}, avocat de la famille"))
    assert read.quotations[0].attribution == f"{name}, avocat de la famille"
