"""The glossary: its permissions, its files, its terms in the editor, and passages that are not translated."""

from dataclasses import replace

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from iom.tests import record_names
from iom.tests.factories import ArticleFactory
from iom.translation.glossary import files, views
from iom.translation.glossary.rows import Row, TermForms, export_rows, import_rows
from iom.translation.management.commands.load_glossary import OWN
from iom.translation.models import Concept, TranslationState
from iom.translation.tests.desk import body, republish, submit
from iom.translation.tests.screen import address, written
from iom.translation.tests.test_desk import in_english

PERSON = Row(
    terms={
        "fr": TermForms("personne déplacée", ("personne déplacée interne",), ("réfugié interne",)),
        "en": TermForms("displaced person", (), ("internal refugee", "=DANGER()")),
    },
    domain="Migration",
    status="approved",
    note="Not a legal status;\nsee the guide.",
)
NAME = Row(terms={"fr": TermForms("DTM")}, is_kept=True, status="approved")


@pytest.fixture(autouse=True)
def glossary(db):
    Concept.objects.all().delete()


def terms():
    return [(row.domain, row.status, row.is_kept, row.note, row.terms) for row in export_rows()]


def upload(admin, content, name="glossary.csv"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return admin.post(reverse("glossary:import"), {"file": file}, follow=True)


def text_of(response):
    soup = BeautifulSoup(response.content, "html.parser")
    return " ".join(soup.get_text(" ").split())


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_downloaded_file_is_imported_again_unchanged(language):
    import_rows([PERSON, NAME])
    before = export_rows()
    content = files.write_csv(before, language)
    Concept.objects.all().delete()

    outcome = import_rows(files.read("g.CSV", content))

    assert (outcome.added, outcome.errors) == (2, [])
    assert export_rows() == before
    again = import_rows(files.read("g.csv", content))
    assert (again.added, again.changed, again.unchanged) == (0, 0, 2)


def test_each_row_of_a_file_is_written_in_its_own_transaction():
    depths = [len(connection.savepoint_ids)]

    def rows():
        for row in (PERSON, NAME):
            depths.append(len(connection.savepoint_ids))
            yield row

    assert import_rows(rows()).added == 2
    assert set(depths) == {depths[0]}


def test_a_file_with_more_rows_than_a_request_can_write_is_refused(sign_in, monkeypatch):
    monkeypatch.setattr(views, "MAX_ENTRIES", 1)
    answer = upload(sign_in("translator.fr"), files.write_csv([PERSON, NAME], "fr"))
    assert "plus de 1 entrées" in text_of(answer)
    assert not Concept.objects.exists()


def test_a_row_changes_the_entry_with_its_term_and_leaves_the_languages_that_it_lacks():
    import_rows([PERSON])

    outcome = import_rows([Row(terms={"en": TermForms("Displaced person")}, domain="Migration", status="proposed")])

    assert (outcome.added, outcome.changed) == (0, 1)
    (row,) = export_rows()
    assert row.terms == {"fr": PERSON.terms["fr"], "en": TermForms("Displaced person")}
    assert row.status == "proposed"


def test_a_term_with_two_meanings_needs_its_identifier():
    import_rows([PERSON, Row(terms={"en": TermForms("displaced person"), "fr": TermForms("autre")}, domain="Other")])

    outcome = import_rows([Row(terms={"en": TermForms("displaced person")}, where="Line 7")])

    assert [where for where, why in outcome.errors] == ["Line 7"]
    assert len(export_rows()) == 2


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (Row(terms={}), "at least one language"),
        (Row(terms={"de": TermForms("Wort")}), "de"),
        (Row(terms={"en": TermForms("a" * 161)}), "160"),
        (Row(terms={"en": TermForms("word", (), ("word",))}), "word"),
        (Row(terms={"en": TermForms("word")}, status="good"), "good"),
        (Row(terms={"en": TermForms("word")}, key="7"), "7"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_others_are_imported(row, why):
    with translation.override("en"):
        outcome = import_rows([NAME, replace(row, where="Line 2"), PERSON])

    assert outcome.added == 2
    ((where, message),) = outcome.errors
    assert where == "Line 2"
    assert why in message


def test_an_upload_says_what_became_of_each_line(sign_in):
    client = in_english(sign_in("translator.en"))
    text = "term_en;term_fr;status\nvisa;visa;approved\n;;\nbad;mauvais;perhaps\n"

    answer = text_of(upload(client, text))

    assert "1 entry added." in answer
    assert "Line 4: " in answer
    assert "perhaps" in answer
    assert [row.terms["fr"].preferred for row in export_rows()] == ["visa"]


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("g.csv", b"", "The file is empty."),
        ("g.csv", b"word,mot\nvisa,visa\n", "no column with terms"),
        ("g.csv", "term_en\nvisé".encode("utf-16"), "not in UTF-8"),
        ("g.csv", b'term_en\n"visa', "not a CSV file"),
        ("g.xls", b"term_en\nvisa", "Choose a file in one of these formats"),
    ],
)
def test_a_wrong_file_is_refused_in_words(sign_in, name, content, why):
    client = in_english(sign_in("translator.en"))

    assert why in text_of(upload(client, content, name))
    assert export_rows() == []


def test_a_spreadsheet_takes_no_term_for_a_formula():
    import_rows([PERSON])

    lines = files.write_csv(export_rows(), "en").decode("utf-8-sig")

    assert ",=" not in lines
    assert "internal refugee | =DANGER()" in lines


def test_the_whole_list_is_as_many_queries_as_a_short_one(sign_in, django_assert_max_num_queries):
    client = in_english(sign_in("officer"))
    import_rows(
        [Row(terms={"en": TermForms(f"term {number}"), "fr": TermForms(f"mot {number}")}) for number in range(30)]
    )
    client.get(reverse("glossary:index"))

    with django_assert_max_num_queries(25):
        text = text_of(client.get(reverse("glossary:index")))

    assert "term 11" in text
    assert "mot 11" in text


def test_the_terms_of_the_organization_are_loaded_once_and_what_people_changed_is_not_doubled():
    call_command("load_glossary")
    assert Concept.objects.count() > 50
    again = import_rows(files.read("organization.csv", OWN.read_bytes()))

    assert (again.added, again.errors) == (0, [])
    languages = {code for row in export_rows() if not row.is_kept for code in row.terms}
    assert languages == {"fr", "en"}


def test_terms_stand_below_their_passage_in_the_singular_and_the_plural(sign_in):
    import_rows([PERSON, NAME, Row(terms={"fr": TermForms("retour"), "en": TermForms("return")})])
    words = "Les personnes <b>déplacées</b> : retour, retours, DTM, dtm & personnes déplacées."
    state = submit(ArticleFactory(title="Titre", summary="Résumé.", body=body(words)), "en")

    text = sign_in("translator.en").get(address(state)).content.decode()

    soup = BeautifulSoup(text, "html.parser")
    (shown,) = soup.select("[data-terms]")
    found = [(one.dt.get_text(), one.select_one("[data-rendered]").get_text()) for one in shown.select("[data-term]")]
    assert found == [("retour", "return"), ("DTM", "DTM"), ("personnes déplacées", "displaced person")]
    marks = [one.get_text() for one in soup.select("mark")]
    assert marks == ["retour", "retours", "DTM", "personnes déplacées"]
    assert "dtm &amp; <mark" in text


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("Un train part du Tchad.", ("Tchad", "Chad")),
        ("Elle vient de Côte d’Ivoire.", ("Côte d’Ivoire", "Côte d’Ivoire")),
        (
            "La République démocratique du Congo accueille.",
            ("République démocratique du Congo", "Democratic Republic of the Congo"),
        ),
        ("Le niveau monte.", None),
    ],
)
def test_countries_have_the_names_of_the_united_nations(sign_in, words, offered):
    state = submit(ArticleFactory(title="Titre", summary="Résumé.", body=body(words)), "en")
    soup = BeautifulSoup(sign_in("translator.en").get(address(state)).content, "html.parser")
    found = [
        (one.dt.get_text(), one.select_one("[data-rendered]").get_text())
        for one in soup.select("[data-term]")
        if one.dt
    ]
    assert found == ([offered] if offered else [])


def test_many_terms_cost_no_query_for_each_passage(sign_in):
    client = sign_in("translator.en")
    counts = []
    for number in (2, 30):
        words = [f"Une personne déplacée {n}" for n in range(number)]
        state = submit(ArticleFactory(title="Titre", summary="Résumé.", body=body(*words)), "en")
        import_rows([PERSON])
        client.get(address(state))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(state)).content.count(b"data-rendered") == number
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_the_form_of_an_entry_has_its_name_as_title_in_every_language(sign_in):
    import_rows([Row(terms={"en": TermForms("UNICEF")}, is_kept=True)])
    edit = reverse("glossary:edit", args=[Concept.objects.get().pk])
    assert "UNICEF" in BeautifulSoup(sign_in("editor").get(edit).content, "html.parser").title.text


def test_names_and_addresses_that_are_kept_are_filled_and_stay_when_the_original_changes():
    import_rows([NAME, Row(terms={"fr": TermForms("Proposé")}, is_kept=True)])
    original = republish(
        ArticleFactory(title="DTM", summary="2026", body=body("a.b@example.org", "25 000", "Un mot."))
    )
    state = TranslationState.objects.get(original=original.pk)
    assert written(state) == {"title": "DTM", "summary": "2026", "body.0": "a.b@example.org"}
    original.body = body("+41 22 717 91 11", "25 000", "Un mot.")
    republish(original)
    assert written(state)["body.0"] == "+41 22 717 91 11"


def test_an_entry_without_a_term_is_refused_with_a_message_on_the_field(sign_in):
    data = record_names.form_data() | {"status": "proposed"}
    answer = sign_in("translator.en").post(reverse("glossary:add"), data, headers={"accept-language": "fr"})

    assert "Indiquez un terme dans au moins une langue." in text_of(answer)
    assert export_rows() == []


def test_a_line_that_is_left_out_is_named_with_the_colon_of_the_language(sign_in):
    client = sign_in("translator.en")
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "fr"

    assert (
        "Ligne 2\N{NO-BREAK SPACE}: "
        in upload(client, "term_en;term_fr;status\nbad;mauvais;perhaps\n").content.decode()
    )


@pytest.mark.parametrize(("language", "count"), [("fr", "2 entrées du glossaire"), ("en", "2 glossary entries")])
def test_the_list_counts_its_entries(sign_in, language, count):
    import_rows([PERSON, NAME])
    page = sign_in("admin").get(reverse("glossary:index"), headers={"accept-language": language})
    assert count in text_of(page)
    assert text_of(page).startswith({"fr": "Glossaire", "en": "Glossary"}[language])
