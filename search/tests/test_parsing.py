"""Parsing of queries, without the database."""

import pytest

from search.names import Name
from search.parsing import MAX_WORDS, parse, word_by_word
from search.synonyms import FACET, RELATED

KNOWN = [
    Name(("topic", "7"), "Retour volontaire et réintégration", "retour"),
    Name(("office", "3"), "OIM Égypte"),
]


def parsed(text, language="fr"):
    return parse(text, language, KNOWN)


def variants(term):
    return {one for variant in term.variants for one in variant.tokens}


def test_a_name_of_several_words_is_one_term():
    (term,) = parsed("retour volontaire et réintégration").terms
    assert "fr2topic07" in variants(term)


def test_the_name_of_a_country_finds_the_news_about_it_in_any_language_of_the_site():
    for text, language in (("Colombie", "fr"), ("colombia", "fr"), ("Colombie", "en"), ("Haitian", "en")):
        (term,) = parsed(text, language).terms
        assert any("2country0" in one for one in variants(term)), text


def test_the_same_words_count_most():
    (term,) = parsed("migrants").terms
    assert [variant.weight for variant in term.variants] == sorted(
        (variant.weight for variant in term.variants), reverse=True
    )
    assert term.variants[0].tokens == ("fr0migr",)


def test_stop_words_do_not_count_unless_there_is_nothing_else():
    assert [term.typed for term in parsed("où sont les réfugiés ?").terms] == ["réfugiés"]
    assert parsed("qui sommes-nous").only_stop_words


def test_quoted_words_follow_each_other():
    phrase, word = parsed("« retour des réfugiés » Canada").terms
    assert phrase.phrase[0] == ("fr0retour", "fr0de", "fr0refugi") or len(phrase.phrase[0]) == 3
    assert word.typed == "canada"


@pytest.mark.parametrize(("text", "code"), [("libanais", "lb"), ("Turcs", "tr"), ("birmane", "mm")])
def test_a_nationality_stands_for_its_country(text, code):
    (term,) = parsed(text).terms
    assert f"fr2country0{code}" in variants(term)


@pytest.mark.parametrize("text", ["Lebanese", "Dutch", "Costa Rican"])
def test_a_nationality_may_not_begin_as_its_country(text):
    (term,) = parsed(text, "en").terms
    assert any("2country0" in one for one in variants(term))


def test_an_abbreviation_counts_as_much_as_a_name():
    (term,) = parsed("HCR").terms
    assert ("fr0haut", "fr0commissariat") in [
        variant.tokens[:2] for variant in term.variants if variant.weight >= FACET
    ]


def test_half_the_name_of_a_topic_finds_it_unless_other_topics_have_it():
    known = [Name(("topic", "5"), "Climat et déplacements"), Name(("topic", "6"), "Santé et migration")]
    known.append(Name(("topic", "3"), "Migration de main-d’œuvre"))
    found = {text: variants(parse(text, "fr", known).terms[0]) for text in ("climatique", "santé", "migration")}
    assert "fr2topic05" in found["climatique"]
    assert "fr2topic06" in found["santé"]
    assert not any("2topic" in one for one in found["migration"])


def test_another_name_of_a_topic_finds_it():
    (term,) = parse("human trafficking", "en", [Name(("topic", "4"), "Counter-trafficking")]).terms
    assert "en2topic04" in variants(term)


@pytest.mark.parametrize(
    ("language", "typed", "expected"),
    [
        ("en", "how do I know if people need a visa", ["visa"]),
        ("fr", "informations concernant le visa svp", ["visa"]),
        ("en", "people", ["people"]),
    ],
)
def test_filler_words_are_left_out_unless_there_is_nothing_else(language, typed, expected):
    assert [term.typed for term in parse(typed, language, []).terms] == expected


def test_a_word_in_capital_letters_is_another_one_than_in_small_ones():
    assert [term.typed for term in parse("the IT department in the US", "en", []).terms] == [
        "ict",
        "department",
        "usa",
    ]
    assert [term.typed for term in parse("is it for us", "en", []).terms] == ["is", "it", "for", "us"]
    assert "fr0onu" in variants(parse("réseau UN", "fr", []).terms[1])


def test_a_year_is_that_of_the_news_of_the_year():
    assert "en2year02023" in variants(parse("statements 2023", "en", []).terms[1])
    assert not any("2year" in one for one in variants(parse("25000", "en", []).terms[0]))


def test_a_word_finds_related_words_but_not_the_reverse():
    assert "en0shore" in variants(parse("erosion", "en", []).terms[0])
    assert "en0eros" not in variants(parse("shore", "en", []).terms[0])


@pytest.mark.parametrize(
    ("language", "city", "country"),
    [("fr", "Alep", ("fr2country0sy",)), ("en", "Cape Town", ("en0south", "en0africa"))],
)
def test_a_city_finds_its_country_as_a_related_word(language, city, country):
    terms = parse(city, language, []).terms
    assert terms
    for term in terms:
        assert {variant.weight for variant in term.variants if variant.tokens == country} == {RELATED}


def test_related_words_of_a_phrase_are_variants_of_each_of_its_words():
    job, abroad = parse("job abroad", "en", []).terms
    together = ("en0labour", "en0migrat")
    assert together in [variant.tokens for variant in job.variants]
    assert together in [variant.tokens for variant in abroad.variants]
    assert together not in [variant.tokens for variant in parse("abroad", "en", []).terms[0].variants]


def test_a_word_of_the_query_is_no_variant_of_another_one():
    (alone,) = parse("protection", "fr", []).terms[:1]
    child, protection = parse("enfants protection", "fr", []).terms
    assert "fr0protect" in variants(parse("enfants", "fr", []).terms[0])
    assert "fr0protect" not in variants(child)
    assert variants(protection) == variants(alone)


def test_a_related_word_of_a_phrase_may_be_one_of_its_words():
    """« base de données » means the data, and few texts have « base » alone."""
    base, _data = parsed("base de données").terms
    assert ("fr0donnee",) in {variant.tokens for variant in base.variants}


@pytest.mark.parametrize("text", ["oim autriche contact", "IOM Éthiopie", "téléphone Le Caire"])
def test_with_a_place_contact_words_match_its_country_page(text):
    terms = parse(text, "fr", [*KNOWN, Name(("office", "4"), "Le Caire")]).terms
    assert any("fr2section0country" in variants(term) for term in terms)


def test_contact_words_do_not_match_the_page_of_another_country():
    office, _croatia = parsed("bureau en croatie").terms
    (named,) = [variant.tokens for variant in office.variants if "fr2section0country" in variant.tokens]
    assert named == ("fr2section0country", "fr2country0hr")


def test_every_page_of_the_site_is_about_iom():
    iom, _founded = parsed("when was IOM founded", "en").terms
    assert "en2section0page" in variants(iom)
    (alone,) = parsed("IOM", "en").terms
    assert "en2section0page" not in variants(alone)


def test_without_a_place_contact_words_match_no_country_page():
    assert not any("en2section0country" in variants(term) for term in parsed("contact IOM", "en").terms)


def test_pages_of_the_site_are_of_no_year_unless_news_are_wanted():
    _word, year = parsed("recrutement 2026").terms
    assert "fr2section0page" in variants(year)
    _word, year = parsed("communiqués de presse 2026").terms
    assert "fr2section0page" not in variants(year)


def test_a_name_is_found_with_an_accent_that_it_does_not_have():
    (term,) = parse("bogotá", "fr", [Name(("office", "7"), "Bogota")]).terms
    assert "fr2office07" in variants(term)


def test_a_name_may_be_read_word_by_word():
    query = word_by_word(parsed("retour volontaire et réintégration « du Sud »"))
    assert [term.typed for term in query.terms] == ["du sud", "retour", "volontaire", "réintégration"]


def test_synonyms_of_a_name_are_variants_of_each_of_its_words():
    """Otherwise a page on remittances would not be found with one word more than it contains."""
    apart = word_by_word(parsed("money transfers home", "en"))
    assert all("en0remitt" in variants(term) for term in apart.terms[:2])


def test_names_of_several_words_are_found_without_their_accents():
    (term,) = parsed("donnees personnelles").terms
    assert variants(term) >= variants(parsed("données personnelles").terms[0]) - {"fr1donne"}


def test_related_words_of_a_phrase_are_found_without_its_accents():
    for text in ("carte de séjour", "carte de sejour"):
        terms = parsed(text).terms
        assert terms
        assert all("fr0titr" in variants(term) for term in terms), text


def test_an_abbreviation_may_be_read_word_by_word():
    spelt = word_by_word(parsed("AVRR")).terms
    assert {"fr0retour", "fr0volontair", "fr0reintegr"} <= {term.variants[0].tokens[0] for term in spelt}
    assert "fr0rapatr" in {one for term in spelt for one in variants(term)}
    assert len(word_by_word(parsed("oim")).terms) == 1


def test_the_name_of_another_organization_is_not_read_word_by_word():
    (term,) = word_by_word(parsed("CEDEAO")).terms
    assert {"fr0ecow", "fr0communaut"} <= variants(term)


@pytest.mark.parametrize("text", ["", "   ", '"', "!!!", '""', "« »", "🙂", "-", "'"])
def test_punctuation_alone_has_no_terms(text):
    assert not parsed(text).terms


def test_a_long_question_is_cut():
    text = " ".join(f"mot{number}x" for number in range(100))
    assert len(parsed(text).terms) == MAX_WORDS
    assert len(parsed(" ".join(f'"{text}"' for _n in range(20))).terms) <= 3 + MAX_WORDS


def test_a_phrase_is_recognized_with_a_filler_word_in_it():
    long, short = (
        parse(text, "en", record_names=()).terms for text in ("keyboard only navigation", "keyboard navigation")
    )

    assert [term.variants for term in long] == [term.variants for term in short]
    assert short[1].variants != parse("navigation", "en", record_names=()).terms[0].variants
