import pytest

from search.analysis import facet_token, forms_of, has_forms, loose_token, rules, token, tokens, words
from search.names import country_from_demonym


def stems(text, language="fr"):
    return [word.stem for word in words(text, language) if not word.is_stop_word]


@pytest.mark.parametrize(
    ("language", "one", "another"),
    [
        ("fr", "réfugié", "réfugiées"),
        ("fr", "RÉFUGIÉS", "réfugié"),
        ("fr", "États", "Etats"),
        ("fr", "l’OIM", "l'OIM"),
        ("fr", "l’OIM", "OIM"),
        ("fr", "qu’elles migrent", "migrent"),
        ("fr", "aujourd’hui", "aujourd'hui"),
        ("fr", "œuvre", "oeuvres"),
        ("fr", "Port-au-Prince", "port au prince"),
        ("fr", "Port‑au‑Prince", "Port-au-Prince"),
        ("fr", "cafe\u0301", "café"),
        ("fr", "dé\u00adplacement", "déplacement"),
        ("en", "IOM’s", "IOM"),
        ("en", "refugees", "refugee"),
        ("en", "migrants’", "migrant"),
        ("en", "ﬁnance", "finance"),
        ("en", "labor", "labour"),
        ("en", "centers", "centre"),
        ("en", "organization", "organisations"),
        ("en", "intern", "internships"),
        ("fr", "stagiaires", "stage"),
        ("fr", "créée", "créer"),
        ("fr", "formatrices", "formateur"),
        ("fr", "pêcheuse", "pêcheurs"),
        ("en", "NGOs", "NGO"),
        ("en", "SDGs", "SDG"),
        ("fr", "financent", "finance"),
        ("fr", "résidente", "résidents"),
        ("fr", "différent", "différentes"),
        ("fr", "retiennent", "retenir"),
        ("fr", "revient", "revenir"),
        ("en", "consultants", "consultant"),
        ("fr", "l’O.I.M.", "OIM"),
        ("fr", "O.N.G", "ONG"),
        ("fr", "h.c.r.", "HCR"),
        ("fr", "les É.-U. et l’U.E.", "les É.-U. et l’UE"),
        ("en", "the U.N.’s", "the UN’s"),
        ("en", "u.s.", "USA"),
        ("en", "N.G.O.s", "NGO"),
        ("en", "M.E.N.A.", "MENA"),
        ("fr", "25\u202f000 réfugiés", "25000 réfugiés"),
        ("fr", "1er mars", "1 mars"),
        ("fr", "en 2023 25 000", "en 2023 25000"),
        ("fr", "1\u00a0234\u00a0567,8", "1234567,8"),
        ("en", "25,000", "25000"),
        ("en", "25 000", "25'000"),
        ("en", "1,234.5 tonnes", "1234.5 tonnes"),
        ("en", "10,000¹ people", "10000 people"),  # the mark of a note
        ("fr", "10\u202f000²³ km²", "10000 km2"),
        ("en", "CO₂", "CO2"),
    ],
)
def test_words_in_different_forms_have_the_same_stem(language, one, another):
    assert stems(one, language) == stems(another, language) != []


@pytest.mark.parametrize(
    ("language", "written", "typed"),
    [("fr", "réfugiés", "refugie"), ("fr", "communiqués", "communique"), ("fr", "N’Djamena", "ndjamena")],
)
def test_words_typed_without_accents_match_accented_words(language, written, typed):
    (word,) = words(typed, language)
    assert {token(word.stem, language), loose_token(word.loose, language)} & set(tokens(written, language))


def test_a_word_has_its_position_in_the_text():
    text = "À l’OIM, « réfugiés » …"
    assert [text[word.start : word.end] for word in words(text, "fr")] == ["À", "l’OIM", "réfugiés"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "Le H.C.R. a dit à l’O.N.U.", ["Le", "H.C.R.", "a", "dit", "à", "l’O.N.U."]),
        ("en", "The U.S.Army, plan A. B is off.It", ["The", "U", "S", "Army", "plan", "A", "B", "is", "off", "It"]),
    ],
)
def test_an_acronym_with_dots_is_one_word_where_it_ends_with_a_letter(language, text, expected):
    assert [text[word.start : word.end] for word in words(text, language)] == expected


@pytest.mark.parametrize(
    ("language", "one", "another"),
    [
        ("en", "international", "intern"),
        ("en", "found", "founded"),
        ("en", "consultant", "consult"),
        ("fr", "consultante", "consulter"),
        ("fr", "haïtiens", "haïtenir"),
    ],
)
def test_different_words_have_different_tokens(language, one, another):
    assert tokens(one, language) != tokens(another, language)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("fr", "En 2023 400 personnes, soit 3,5 %", ["2023", "400", "personnes", "3", "5"]),
        ("fr", "le 12.10.2023, 2016-057", ["12", "10", "2023", "2016", "057"]),
        ("en", "+41 22 717 91 11, 1.800.555.1234", ["41", "22", "717", "91", "11", "1", "800", "555", "1234"]),
        ("en", "0.125 of 25, 000", ["0", "125", "25", "000"]),
    ],
)
def test_decimals_dates_and_telephones_are_no_large_numbers(language, text, expected):
    assert [word.form for word in words(text, language) if not word.is_stop_word] == expected


def test_stop_words_are_tokens_only_on_request():
    assert tokens("Qui sommes-nous", "fr") == []
    assert len(tokens("Qui sommes-nous", "fr", stop_words=True)) == 3


def test_tokens_are_letters_and_digits_whatever_is_written():
    text = "It's \"quoted\" NEAR(a b) col:umn x*y -z ^q O'Neill 10 000 é\x00 العربية 中文 🙂 ½"
    assert all(one.isalnum() for language in ("en", "fr", "ar") for one in tokens(text, language, stop_words=True))
    assert facet_token("kind", "press-release", "pt-br").isalnum()


@pytest.mark.parametrize("language", ["sw", "zh-hans", "xx"])
def test_a_language_without_a_file_is_searched_word_by_word(language):
    assert len(tokens("Uhamiaji wa kimataifa", language)) == 3


@pytest.mark.parametrize(
    ("language", "word", "country"),
    [
        ("en", "Haitian", "HT"),
        ("en", "sudanese", "SD"),
        ("en", "Bangladeshi", "BD"),
        ("en", "colombians", "CO"),
        ("en", "nigerian", "NG"),
        ("en", "migration", ""),
        ("fr", "haïtien", "HT"),
        ("fr", "Soudanaise", "SD"),
        ("fr", "égyptiens", "EG"),
        ("fr", "réunion", ""),
        ("fr", "maladie", ""),
    ],
)
def test_demonyms_are_recognized(language, word, country):
    assert country_from_demonym(word, language)[0] == country


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_group_of_a_language_file_repeats_a_stem(language):
    rule = rules(language)
    for group in (*rule.groups, *rule.everyday, *rule.thesaurus):
        assert len({tuple(stems(text, language)) for text in group}) == len(group), group
        assert all(stems(text, language) for text in group), group


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("fr", "marché", "marcher"),
        ("fr", "le port", "porter"),
        ("fr", "la traite", "le traitement"),
        ("fr", "la commune", "la communication"),
        ("fr", "les fonds", "fondée"),
        ("en", "governance", "government"),
        ("en", "relative", "related"),
    ],
)
def test_words_that_the_stemmer_confuses_are_kept_apart(language, one, other):
    assert stems(one, language)[-1] != stems(other, language)[-1]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_language_files_have_demonyms_of_nearly_all_countries(language):
    assert len(rules(language).facets["country"]) > 180


@pytest.mark.parametrize("text", ["le 29 mai", "« 29 – Mai »", "n’29 mai", "129 mai et 29_mai"])
def test_a_text_has_the_words_of_a_phrase_whatever_signs_stand_between(text):
    assert has_forms(text, forms_of("29 mai"))


@pytest.mark.parametrize("text", ["le 129 mai", "29 maison", "29 et mai", "mai 29", ""])
def test_a_text_without_the_whole_words_of_a_phrase_does_not_have_it(text):
    assert not has_forms(text, forms_of("29 mai"))
