"""The fields of filters: what is offered, escaped, with the numbers as the language writes them."""

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from search.filters import Option
from search.templatetags.fields import choose_one, choose_several

OPTIONS = [Option("a&b", "<b>Aide</b>", 25_000), Option("c", "Côte d’Ivoire", None)]


def drawn(field, chosen, language="fr"):
    with translation.override(language):
        return BeautifulSoup(field("topic", "Thème", OPTIONS, chosen), "html.parser")


@pytest.mark.parametrize(("language", "number"), [("fr", "25\u202f000"), ("en", "25,000")])
def test_one_value_among_some(language, number):
    select = drawn(choose_one, "c", language).select_one("label[for=filter-topic] + select[name=topic]")
    assert [(option["value"], option.text, option.has_attr("selected")) for option in select.select("option")[1:]] == [
        ("a&b", f"<b>Aide</b> ({number})", False),
        ("c", "Côte d’Ivoire", True),
    ]


@pytest.mark.parametrize(("language", "number"), [("fr", "25\u202f000"), ("en", "25,000")])
def test_several_values_among_many(language, number):
    boxes = drawn(choose_several, ["c"], language).select("li")
    assert [(box.input["name"], box.input["value"], box.text, box.input.has_attr("checked")) for box in boxes] == [
        ("topic", "a&b", f"<b>Aide</b> {number}", False),
        ("topic", "c", "Côte d’Ivoire", True),
    ]


@pytest.mark.parametrize(
    ("chosen", "label"), [([], "Tout"), (["c"], "Côte d’Ivoire"), (["a&b", "c"], "2 2 sélectionnés")]
)
def test_one_value_is_named_and_several_are_counted(chosen, label):
    assert drawn(choose_several, chosen).select_one("summary").get_text(" ", strip=True) == label


@pytest.mark.parametrize("field", [choose_one, choose_several])
def test_without_values_there_is_no_field(field):
    assert str(field("topic", "Thème", [], "")).strip() == ""
