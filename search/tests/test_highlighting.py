import pytest

from search.highlighting import LENGTH, Highlighter
from search.parsing import parse


def query(text, language="fr"):
    return parse(text, language, [])


def marked(text, asked):
    return Highlighter(asked).marked(text)


def passage(summary, text, asked):
    return Highlighter(asked).passage(summary, text)


def test_matches_are_marked_in_whatever_form():
    assert marked("L’OIM aide les réfugiées.", query("réfugié")) == "L’OIM aide les <mark>réfugiées</mark>."


def test_an_acronym_is_marked_with_its_dots_and_without():
    for text in ("ONU", "O.N.U.", "l’o.n.u"):
        assert marked("L’O.N.U. et l’ONU.", query(text)) == "<mark>L’O.N.U.</mark> et <mark>l’ONU</mark>."
    assert marked("The U.N. said so.", query("UN", "en")) == "The <mark>U.N.</mark> said so."


@pytest.mark.parametrize("typed", ["25000", "25 000", "25,000"])
def test_a_large_number_is_marked_with_its_separators(typed):
    assert marked("Ces 25\u202f000 refuges.", query(typed)) == "Ces <mark>25\u202f000</mark> refuges."
    assert marked("Of 25,000 or 25000.", query(typed, "en")) == "Of <mark>25,000</mark> or <mark>25000</mark>."


def test_what_means_the_same_in_several_words_is_marked_as_a_whole_alone():
    asked = query("nounou")
    assert marked("Une aide ménagère.", asked) == "Une <mark>aide ménagère</mark>."
    assert marked("Les employées de la maison.", asked) == "Les <mark>employées de la maison</mark>."
    assert marked("De l’aide à la maison, et du travail.", asked) == "De l’aide à la maison, et du travail."
    assert passage("De l’aide.", "Rien. Une aide ménagère.", asked) == "Rien. Une <mark>aide ménagère</mark>."


def test_words_that_were_typed_are_marked_each():
    assert marked("Ma femme fait le ménage.", query("femme de ménage")) == (
        "Ma <mark>femme</mark> fait le <mark>ménage</mark>."
    )


def test_everything_is_escaped_marked_or_not():
    shown = marked("<script>x</script> & <b>réfugiés</b>", query("réfugiés script"))
    assert "<script" not in shown
    assert "&lt;<mark>script</mark>&gt;x" in shown
    assert "&amp;" in shown
    assert "<b>" not in passage("<b>", "<i>réfugiés</i>", query("réfugiés"))
    assert passage("<b>", "rien", query("réfugiés")) == "&lt;b&gt;"


def test_the_summary_is_shown_where_it_has_the_words_else_the_text_around_them():
    text = "Avant. " * 100 + "Ici les réfugiés. " + "Après. " * 100
    assert passage("Des réfugiés.", text, query("réfugié")) == "Des <mark>réfugiés</mark>."
    found = passage("Un résumé.", text, query("réfugié"))
    assert found.startswith("… ")
    assert "<mark>réfugiés</mark>" in found
    assert len(found) < LENGTH * 1.5


def test_what_a_page_says_first_of_itself_is_kept_before_a_passage_of_its_text():
    text = "Exemple fictif\n" + "Avant. " * 100 + "Ici les réfugiés. " + "Après. " * 100
    found = passage("Exemple fictif. Un résumé.", text, query("réfugié"))
    assert found.startswith("Exemple fictif. … Avant.")
    assert "<mark>réfugiés</mark>" in found

    assert passage("Un exemple fictif.", text, query("réfugié")).startswith("… Avant.")
    assert passage("Un résumé.", text[:700] + "réfugié", query("réfugié")).startswith("… ")
    assert passage("Exemple fictif. Un résumé.", "Exemple fictif\nUn réfugié.", query("réfugié")) == (
        "Exemple fictif · Un <mark>réfugié</mark>."
    )


def test_the_items_of_a_list_are_told_apart():
    text = "Quatre services :\n- le vaccin ;\n- le suivi.\n- l’alerte\n- le dépistage\nAilleurs"
    found = passage("Un résumé.", text, query("suivi"))
    assert found == "Quatre services : le vaccin ; le <mark>suivi</mark>. · l’alerte · le dépistage · Ailleurs"
