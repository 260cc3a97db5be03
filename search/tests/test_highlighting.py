import pytest

from search.highlighting import SNIPPET_LENGTH, Highlighter
from search.parsing import parse


def query(text, language="fr"):
    return parse(text, language, [])


def marked(text, parsed):
    return Highlighter(parsed).highlight(text)


def snippet(summary, text, parsed):
    return Highlighter(parsed).snippet(summary, text)


def test_all_forms_of_a_word_are_marked():
    assert marked("L’OIM aide les réfugiées.", query("réfugié")) == "L’OIM aide les <mark>réfugiées</mark>."


def test_an_acronym_is_marked_with_its_dots_and_without():
    for text in ("ONU", "O.N.U.", "l’o.n.u"):
        assert marked("L’O.N.U. et l’ONU.", query(text)) == "<mark>L’O.N.U.</mark> et <mark>l’ONU</mark>."
    assert marked("The U.N. said so.", query("UN", "en")) == "The <mark>U.N.</mark> said so."


@pytest.mark.parametrize("typed", ["25000", "25 000", "25,000"])
def test_a_large_number_is_marked_with_its_separators(typed):
    assert marked("Ces 25\u202f000 refuges.", query(typed)) == "Ces <mark>25\u202f000</mark> refuges."
    assert marked("Of 25,000 or 25000.", query(typed, "en")) == "Of <mark>25,000</mark> or <mark>25000</mark>."


def test_a_synonym_of_several_words_is_marked_only_as_a_whole():
    parsed = query("nounou")
    assert marked("Une aide ménagère.", parsed) == "Une <mark>aide ménagère</mark>."
    assert marked("Les employées de la maison.", parsed) == "Les <mark>employées de la maison</mark>."
    assert marked("De l’aide à la maison, et du travail.", parsed) == "De l’aide à la maison, et du travail."
    assert snippet("De l’aide.", "Rien. Une aide ménagère.", parsed) == "Rien. Une <mark>aide ménagère</mark>."


def test_words_that_were_typed_are_marked_each():
    assert marked("Ma femme fait le ménage.", query("femme de ménage")) == (
        "Ma <mark>femme</mark> fait le <mark>ménage</mark>."
    )


def test_everything_is_escaped_marked_or_not():
    shown = marked("<script>x</script> & <b>réfugiés</b>", query("réfugiés script"))
    assert "<script" not in shown
    assert "&lt;<mark>script</mark>&gt;x" in shown
    assert "&amp;" in shown
    assert "<b>" not in snippet("<b>", "<i>réfugiés</i>", query("réfugiés"))
    assert snippet("<b>", "rien", query("réfugiés")) == "&lt;b&gt;"


def test_the_summary_is_shown_where_it_has_the_words_else_the_text_around_them():
    text = "Avant. " * 100 + "Ici les réfugiés. " + "Après. " * 100
    assert snippet("Des réfugiés.", text, query("réfugié")) == "Des <mark>réfugiés</mark>."
    found = snippet("Un résumé.", text, query("réfugié"))
    assert found.startswith("… ")
    assert "<mark>réfugiés</mark>" in found
    assert len(found) < SNIPPET_LENGTH * 1.5


def test_a_label_of_the_page_is_kept_before_a_snippet_of_its_text():
    text = "Exemple fictif\n" + "Avant. " * 100 + "Ici les réfugiés. " + "Après. " * 100
    found = snippet("Exemple fictif. Un résumé.", text, query("réfugié"))
    assert found.startswith("Exemple fictif. … Avant.")
    assert "<mark>réfugiés</mark>" in found

    assert snippet("Un exemple fictif.", text, query("réfugié")).startswith("… Avant.")
    assert snippet("Un résumé.", text[:700] + "réfugié", query("réfugié")).startswith("… ")
    assert snippet("Exemple fictif. Un résumé.", "Exemple fictif\nUn réfugié.", query("réfugié")) == (
        "Exemple fictif · Un <mark>réfugié</mark>."
    )


def test_the_items_of_a_list_are_separated():
    text = "Quatre services :\n- le vaccin ;\n- le suivi.\n- l’alerte\n- le dépistage\nAilleurs"
    found = snippet("Un résumé.", text, query("suivi"))
    assert found == "Quatre services : le vaccin ; le <mark>suivi</mark>. · l’alerte · le dépistage · Ailleurs"
