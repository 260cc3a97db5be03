"""The checks of translations: their findings, the marking as intended, and the errors that prevent publication."""

import pytest
from django.urls import reverse
from wagtail.models import Revision

from iom.findings import Level
from iom.publishing import gate
from iom.tests.factories import ArticleFactory
from iom.translation.checks import registry
from iom.translation.checks.registry import Pair, run
from iom.translation.glossary import matching
from iom.translation.glossary.rows import import_rows
from iom.translation.models import Concept, Intended, Term
from iom.translation.tests.admin import message_text
from iom.translation.tests.checked import CALL, GLOSSARY, PAIRS, TEXTS
from iom.translation.tests.desk import body, submit
from iom.translation.tests.screen import address, form, segment, written
from iom.translation.tests.test_editor_checks import get_findings, write
from iom.translation.workflow import publication
from newsroom.models import NewsArticle

pytestmark = pytest.mark.django_db
RIGHT = {"title": "A valley", "summary": "Summary.", "body.0": "More than 25,000 people left.", "body.1": "Two."}
WRONG = RIGHT | {"body.0": "More than 26,000 people left."}


@pytest.fixture(autouse=True)
def glossary():
    Concept.objects.all().delete()
    import_rows(GLOSSARY)


@pytest.fixture
def state():
    text = ArticleFactory(
        title="Une vallée", summary="Résumé.", body=body("Plus de 25 000 personnes sont parties.", "Deux.")
    )
    text.save_revision().publish()
    return submit(NewsArticle.objects.get(pk=text.pk), "en")


def found_codes(*pairs):
    return {found.code for found in run(pairs)}


def pair_of(source, target, to="en"):
    return Pair(source, target, "fr" if to == "en" else "en", to, glossary=matching.glossary())


def test_every_check_has_an_example():
    assert PAIRS.keys() == registry.passage_checks.keys()
    assert TEXTS.keys() == registry.text_checks.keys()


@pytest.mark.parametrize("check", PAIRS)
def test_a_check_finds_the_fault_and_accepts_the_correct_translation(check):
    source, wrong, right = PAIRS[check]
    assert check in found_codes(pair_of(source, wrong))
    assert found_codes(pair_of(source, right)) == set()
    # And the same the other way round
    assert found_codes(pair_of(right, source, "fr")) == set()


@pytest.mark.parametrize(
    ("source", "target", "languages"),
    [
        (
            "Il faut 1,2 milliard de dollars pour aider.",
            "Se necesitan 1.200 millones de dólares para ayudar.",
            "fr es",
        ),
        ("Se necesitan 1.200 millones de dólares.", "Il faut 1,2 milliard de dollars.", "es fr"),
        (
            "Le 12 mars 2026, vingt familles sont parties.",
            "El 12 de marzo de 2026 partieron veinte familias.",
            "fr es",
        ),
        (
            "On Monday 25,000 people left, 12% by sea.",
            "El lunes partieron 25.000 personas, el 12 por ciento por mar.",
            "en es",
        ),
        (
            "La plupart quittent leur village de nuit, et marchent le long de la rivière.",
            "La mayoría parten de su aldea de noche y caminan a lo largo de la orilla que va en dirección sur.",
            "fr es",
        ),
        ("Plus de 25 000 personnes.", "أكثر من ٢٥٬٠٠٠ شخص.", "fr ar"),
        ("Plus de 25 000 personnes depuis le 3 mai 2025.", "أكثر من 25,000 شخص منذ 3 مايو 2025.", "fr ar"),
    ],
)
def test_a_correct_translation_into_a_language_without_a_file_has_no_findings(source, target, languages):
    assert found_codes(Pair(source, target, *languages.split())) == set()


@pytest.mark.parametrize(
    ("source", "target", "check"),
    [
        ("Plus de 25 000 personnes.", "Más de 26.000 personas.", "numbers"),
        ("Depuis le 03/05/2026.", "Desde el 04/05/2026.", "dates_differ"),
        ("Ils marchent le long de la rivière.", "Ils marchent le long de la rivière.", "untranslated"),
    ],
)
def test_faults_in_digits_and_untranslated_text_are_found_without_a_file(source, target, check):
    assert check in found_codes(Pair(source, target, "fr", "es"))


@pytest.mark.parametrize("check", TEXTS)
def test_a_check_of_a_whole_text_finds_the_fault_and_accepts_the_correct_text(check):
    wrong, right = ([pair_of(*pair, "fr") for pair in pairs] for pairs in TEXTS[check])
    assert check in found_codes(*wrong)
    assert found_codes(*right) == set()


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("1,1 milliard d’euros", "EUR 1.1 billion"),
        ("quatre-vingt-dix-sept foyers", "97 households"),
        ("deux cent cinquante mille personnes", "250,000 people"),
        ("au XXIe siècle", "in the twenty-first century"),
        ("à 15 h 30", "at 3.30 p.m."),
        ("le 03/05/2026", "on 3 May 2026"),
        ("une douzaine d’écoles", "12 schools"),
        ("la moitié des 3 600 élèves", "50 per cent of the 3,600 pupils"),
        ("les deux pays", "both countries"),
        ("les années 1990", "the 1990s"),
        ("l’annexe IV", "annex IV"),
        ("le +41 22 717 91 11", "+41 22 717 91 11"),
        ("mille personnes", "a thousand people"),
    ],
)
def test_a_number_may_be_written_in_the_form_of_each_language(french, english):
    assert found_codes(pair_of(french, english), pair_of(english, french, "fr")) == set()


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("25 000 personnes", "25 000 people"),
        ("2,5 millions", "2,5 million"),
        ("3 milliards d’euros", "EUR 3 million"),
        ("trois villages", "four villages"),
        ("le 3 mai", "3 June"),
        ("en 2019", "in 2018"),
        ("12 familles", "families"),
        ("VI", "IV"),
    ],
)
def test_a_different_number_is_found(french, english):
    assert found_codes(pair_of(french, english))


def test_only_certain_findings_are_errors():
    levels = {
        check: {one.level for one in run([pair_of(source, wrong)])} for check, (source, wrong, _right) in PAIRS.items()
    }
    refusing = {check for check, found in levels.items() if Level.ERROR in found}
    assert refusing == {"numbers", "untranslated", "filler"}
    assert refusing == registry.certain_checks
    assert found_codes(pair_of("Le 9 mai, 12 femmes.", "On 9 May, 13 women.")) == {"numbers"}
    assert {one.level for one in run([pair_of("12 femmes", "13 women")])} == {Level.WARNING}


def test_a_finding_links_to_its_passage_and_an_error_prevents_publication(sign_in, state):
    client = sign_in("translator.en")
    answer = client.post(address(state), form(state, WRONG, action="action-publish"))
    assert "26,000" in message_text(answer)
    state.refresh_from_db()
    assert not state.page.live
    (one,) = get_findings(client, state)["findings"]
    assert (one["level"], one["where"]) == ("error", [segment(state, "body.0").pk])
    assert "25 000" in one["message"].replace("\u202f", " ")
    client.post(address(state), form(state, RIGHT, action="action-publish"))
    assert NewsArticle.objects.get(pk=state.page_id).live


def test_an_error_prevents_publication_by_every_other_way(sign_in, state):
    sign_in("translator.en").post(address(state), form(state, WRONG))
    state.refresh_from_db()
    draft = publication.save_draft(state)
    with pytest.raises(gate.Refused, match="26,000"):
        Revision.objects.get(pk=draft.pk).publish()
    assert not NewsArticle.objects.get(pk=state.page_id).live


def intend(client, state, digest, **more):
    return client.post(reverse("translation_intended", args=[state.pk]), {"digest": digest, **more})


def test_an_intended_error_allows_publication_until_either_text_changes(sign_in, state):
    client = sign_in("translator.en")
    client.post(address(state), form(state, WRONG))
    (one,) = get_findings(client, state)["findings"]

    answer = intend(client, state, one["digest"]).json()

    assert answer["obstacles"] == []
    (kept,) = answer["findings"]
    assert "Translator" in kept["intended"] or "Exemple" in kept["intended"]
    assert Intended.objects.get().by.email == "translator.en@example.org"
    write(client, state, "body.0", "More than 26,000 people have left.")
    (again,) = get_findings(client, state)["findings"]
    assert again["intended"] == ""
    write(client, state, "body.0", WRONG["body.0"])
    client.post(address(state), form(state, written(state), action="action-publish"))
    assert NewsArticle.objects.get(pk=state.page_id).live


def test_the_mark_as_intended_is_removed(sign_in, state):
    client = sign_in("translator.en")
    client.post(address(state), form(state, WRONG))
    digest = get_findings(client, state)["findings"][0]["digest"]
    intend(client, state, digest)
    answer = intend(client, state, digest, undo="").json()
    assert answer["obstacles"]
    assert answer["findings"][0]["intended"] == ""
    assert not Intended.objects.exists()


def test_a_finding_that_does_not_exist_cannot_be_marked_as_intended(sign_in, state):
    client = sign_in("translator.en")
    client.post(address(state), form(state, WRONG))
    intend(client, state, "0" * 16)
    assert intend(client, state, "\x00").status_code == 400
    assert not Intended.objects.exists()


@pytest.mark.parametrize("account", ["translator.fr"])
def test_only_users_who_may_translate_mark_findings_as_intended(sign_in, state, account):
    assert intend(sign_in(account), state, "0" * 16).status_code in (302, 403)


def test_a_term_that_the_glossary_forbids_is_found_in_the_editor(sign_in, state):
    client = sign_in("translator.en")
    client.post(address(state), form(state, RIGHT | {"body.1": "The receiving community."}))
    (one,) = get_findings(client, state)["findings"]
    assert one["where"] == [segment(state, "body.1").pk]
    assert one["fix"] == [["receiving community", "host community"]]


def test_a_long_text_costs_as_many_queries_as_a_short_one(sign_in, django_assert_max_num_queries):
    client = sign_in("translator.en")
    for number in (3, 40):
        text = ArticleFactory(
            title="Une vallée", summary="Résumé.", body=body(*[f"{CALL} {n}" for n in range(number)])
        )
        text.save_revision().publish()
        state = submit(NewsArticle.objects.get(pk=text.pk), "en")
        texts = {f"body.{n}": f"Families went away before the rains. {n + 1000}" for n in range(number)}
        client.post(address(state), form(state, RIGHT | texts))
        get_findings(client, state)
        with django_assert_max_num_queries(60):
            assert len(get_findings(client, state)["findings"]) >= number


def test_a_new_term_is_used_at_once():
    assert found_codes(pair_of("Un car.", "Autobus 1")) == set()
    Concept(status="approved", names=[Term(language="en", name="coach", forbidden="autobus")]).save()
    assert found_codes(pair_of("Un car.", "An autobus")) == {"forbidden_variants"}
    concept = Concept.objects.get(names__name="coach")
    concept.status = "proposed"
    concept.save()
    assert found_codes(pair_of("Un car.", "An autobus")) == set()
