"""French texts have French typography: catalogues, guides, demonstration."""

import re
from typing import NamedTuple

import pytest

from iom.tests.texts import DEMO, GUIDE, INTERFACE, find_matches, texts

_MONTH = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
# Words that begin with a capital É, Î, Ô or Ç
_E = (
    "tat|cole|gypte|thiopie|quateur|glise|lection|tude|tape|quipe|galement|crire|crivez|viter|vitez|nergie|ducation|dition"
    "|diter|change|chelle|volution|vénement|rythrée|lément|chéance|chec|galité|missions?|metteur|conomi\\w*|quilibre|gal"
    "|tabli\\w*|tant|trang\\w*|valu\\w*|lu"
)

# Words that follow the preposition À at the beginning of a sentence, and not the verb A
_A = (
    r"(?:la|l’|partir|propos|cette?|noter|quoi|qui|chaque|défaut|moins|venir|suivre|traduire|publier|lire|relire|réviser"
    r"|actualiser|vérifier|confirmer|droite|gauche|côté|nouveau|savoir|titre|travers|compter|jour|l’heure|vous|nous)\b"
)


class Rule(NamedTuple):
    name: str
    pattern: str
    wrong: str  # examples, separated by |
    right: str


RULES = [
    Rule(
        "a narrow no-break space before ; ! ? »",
        r"(?<![\u202f!?])[!?](?!\w)|(?<!\u202f)[;»]",
        "Vrai ?|Non!|fin\u00a0;|«\u202fici »",
        "Vrai\u202f?|Quoi\u202f?!|un mot\u202f; un autre|«\u202fici\u202f»",
    ),
    Rule("and after «", r"«(?!\u202f)", "« ici\u202f»|«ici\u202f»|«\u00a0ici\u202f»", "«\u202fici\u202f»"),
    Rule(
        "a no-break space before a colon",
        r"(?<!\u00a0):(?!\S)|[ \u202f]:",
        "Photo :|Photo:|Photo\u202f: x",
        "Photo\u00a0: x|Réponse\u00a0:",
    ),
    Rule("no typewriter's apostrophe", r"'", "l'été", "l’été"),
    Rule(
        "no English or typewriter's quotation marks",
        '(?<!\\()["“”](?!\\))',
        "le “mot”",
        'le «\u202fmot\u202f»|des guillemets (")',
    ),
    Rule("an ellipsis is one sign", r"\.\.\.", "suite...", "suite…"),
    Rule(
        "with no space before it",
        r"\w\s…(?!\s?[»\w])",
        "Enregistrement …",
        "Enregistrement…|«\u202fune citation …\u202f»",
    ),
    Rule(
        "thousands with a narrow no-break space",
        r"\d[ \u00a0.,]\d{3}\b(?!\d)|\b\d{5,}\b",
        "25 000 personnes|25000|25,000|25.000",
        "25\u202f000|en 2016|3,5|4500",
    ),
    Rule(
        "a decimal comma",
        r"\b\d+\.\d+\s(?:%|€|millions?|milliards?|km|kilomètres|[kMG]o|fois|heures|ans)",
        "1.5 million",
        "1,5 million|cible 10.7 des",
    ),
    Rule(
        "a no-break space before a unit",
        r"\d ?[%€$£]|\d (?:h|km|ko|Mo|Go|millions?|milliards?)\b",
        "25%|25 %|14 h 30|20 Mo|3 millions",
        "25\u202f%|25\u00a0%|14\u00a0h\u00a030|20\u202fMo",
    ),
    Rule("kilobytes with a small k", r"\bKo\b", "120\u00a0Ko", "120\u00a0ko"),
    Rule(
        "times of day",
        r"\b\d{1,2}[hH]\d{2}\b|\b\d{1,2}[hH]\b|\b\d{1,2}:\d{2}\b|\d\s?h\s?00\b",
        "14h30|à 14h|14:30|14\u00a0h\u00a000",
        "14\u00a0h\u00a030|14\u00a0heures",
    ),
    Rule(
        "capitals with their accents",
        rf"\bE(?:{_E})s?\b|\bIles?\b|\bOter\b|\bCa (?=[a-zà-ÿ])|(?:^|[.!?…]\s+)A (?={_A})"
        r"|\bA l[a’]|\b(?:ETATS?|REPUBLIQUE|EGALITE|SECURITE|ECOLES?|CONGRES|MEDIAS?|ACTUALITES|DEVELOPPEMENT)\b",
        "l’Etat|les Etats membres|A la une|A traduire|Ile de Sal|Ecole|Ca va|Fini. A partir de là",
        "l’État|À la une|Île de Sal|A été laissé|A des sous-pages|A un droit|Émission|Espagne|Elle|le plan A pour|Ensemble|Et|En",
    ),
    Rule(
        "the ligature of œ",
        r"(?i)\b(?:oe(?:uvr|il|uf|dèm)|(?:c|ch|s)oeur|voeu|noeud|boeuf|moeurs|manoeuvr)",
        "main-d’oeuvre|Soeur",
        "œuvre|coexistence",
    ),
    Rule(
        "abbreviations",
        r"\bMme\.|\bMmes\.|\bMr\b|\bMrs\b|\bn°(?![\u00a0\u202f])|\bN°|\bnº|\bno\.\s?\d|\bp\.ex\b|\betc(?:…|,)|\betc\.(?:\.|…)|\bcad\b",
        "Mme. Diallo|Mr Martin|n°3|n° 3|N° 3|no. 3|etc…|p.ex.",
        "Mme Diallo|M. Martin|n°\u00a03|etc.|p. ex.",
    ),
    Rule(
        "ordinals",
        r"\b1(?:ère|ière|ere|ier)s?\b|\b[\dIVX]+(?:ième|ème|eme|è)s?\b",
        "1ère page|2ème|XXIème siècle|1ier",
        "1re page|1er mars|2e|XXIe siècle|problème",
    ),
    Rule(
        "dates",
        rf"\b0\d (?:{_MONTH})\b|\b1 (?:{_MONTH})\b|\d (?:{_MONTH.title()})\b|\b(?:le|du|au) (?:Lundi|Mardi|Mercredi|Jeudi|Vendredi|Samedi|Dimanche)\b",
        "01 mars|le 1 mars|le 3 Mars|du Lundi",
        "le 1er mars|le 3 mars|du lundi|11 mars",
    ),
    Rule("no middle dots", r"\w·\w|\w\.e(?:\.?s)?\b", "chargé·e|chargé.e.s", "chargé(e)s|Relecture · Review"),
    Rule("a dash is not a hyphen", r"\s-\s", "un - deux", "un – deux|sous-page"),
    Rule("no two spaces and no tabulator", r"[ \u00a0\u202f]{2}|\t", "deux  mots", "deux mots"),
    Rule("OIM, in French", r"\bIOM\b(?!/)", "l’IOM", "l’OIM|©\u00a0IOM/Nom"),
    Rule(
        "web and internet",
        r"\b(?:pages?|sites?) (?:Web|internet)\b|\b(?:l’|d’)Internet\b",
        "page Web|site internet",
        "page web|l’accessibilité des contenus Web",
    ),
    Rule(
        "names of countries and cities as the United Nations have them",
        r"\b(?:Dacca|Turquie|Birmanie|Swaziland)\b",
        "à Dacca|la Turquie",
        "à Dhaka|la Türkiye",
    ),
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_finds_the_wrong_examples_only(rule):
    assert not [example for example in rule.wrong.split("|") if not re.search(rule.pattern, example)]
    assert not [example for example in rule.right.split("|") if re.search(rule.pattern, example)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_french_texts_have_french_typography(rule):
    assert find_matches(rule.pattern, texts("fr", INTERFACE, GUIDE, DEMO)) == []
