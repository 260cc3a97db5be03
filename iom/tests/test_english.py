"""English texts have the spelling, names and punctuation of the United Nations."""

import re
from typing import NamedTuple

import pytest

from iom.tests.code_comments import comments
from iom.tests.texts import DEMO, GUIDE, INTERFACE, find_matches, texts

# Words that are always written with -is-, because it is not the suffix -ize
_NOT_THE_SUFFIX = (
    "advertis|advis|anis|apprais|appris|aris|bruis|chastis|circumcis|clockwis|compris|compromis|"
    "concis|crosswis|cruis|demis|despis|devis|disguis|enfranchis|enterpris|excis|exercis|expertis|"
    "franchis|guis|improvis|incis|lengthwis|liais|likewis|malais|merchandis|mortis|nois|otherwis|"
    "pairwis|paradis|pois|porpois|prais|precis|premis|promis|rais|revis|sidewis|stepwis|sunris|"
    "supervis|surmis|surpris|televis|tortois|treatis|turquois|whitenois"
)
_MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
_COUNTRIES = "Turkey|Burma|Ivory Coast|Cape Verde|Swaziland|Czech Republic|Macedonia|East Timor|Holland|Dacca|Kiev|Vietnam|Cambodge"


class Rule(NamedTuple):
    name: str
    pattern: str
    wrong: str  # examples, separated by |
    right: str


SPELLING = [
    Rule(
        "-ize and -ization",
        rf"\b(?!(?:un|re|dis|over|mis)?(?i:{_NOT_THE_SUFFIX})(?:e|ed|es|er|ers|ing|ion|able|ation)\b)"
        r"[A-Za-z]{2,}is(?:e|ed|es|er|ers|ing|ation|ations|able)\b",
        "About the organisation|none recognised|summarises|standardised|it is normalised|the organiser|a generalisation",
        "the Organization|to revise|her reviser|an exercise|otherwise|they advise|televised|promises|supervised"
        "|a compromise|raised|improvisation|listed|advisable|it arises|reraised|Revised|WhiteNoise|a precise enterprise",
    ),
    Rule("-yse", r"\b\w*(?:analy|paraly|cataly)z\w*", "analyze|paralyzed", "they analyse|paralysed|an analysis"),
    Rule(
        "-our",
        r"\b(?:dis|mis|un)?(?:colo|labo|behavio|hono|favo|neighbo|harbo|humo|rumo|endeavo|flavo|vapo|armo|saviou?|vigo"
        r"|cando|rigo|parlo|tumo)r(?:s|ed|ing|able|ably|ful|less|al|hood|ite|ites|y)?\b",
        "the color|labor migration|behavior|a neighboring State|honored",
        "the colour|labour|humorous|laborious|honorary|vaporize|elaborate|rigorous|collaboration",
    ),
    Rule(
        "-re",
        r"\b(?:center(?:s|ed|ing)?|theaters?|fibers?|liters?|calibers?|somber|meager|(?:kilo|centi|milli)meters?)\b",
        "a reception center|ten kilometers",
        "a centre|centred|the theatre|a parameter|ten kilometres|a diameter",
    ),
    Rule(
        "double consonants",
        r"\b(?:cancel|travel|label|model|signal|counsel|fuel|level|channel|total|dial|tunnel)(?:ed|ing|er|ers)\b"
        r"|\b(?:fulfill|enroll|instal|skillful|willful|fulfillment|enrollment|installment)s?\b",
        "it is canceled|a traveler|labeled|to fulfill|enrollment",
        "cancelled|a traveller|labelling|to fulfil|fulfilled|enrolment|it levels|the dial",
    ),
    Rule(
        "-ogue, -ence, -que and others",
        r"\b(?:catalogs?|cataloged|defense|offense|pretense|gray|skeptic\w*|aluminum|jewelry|aging|maneuver\w*|pediatric\w*"
        r"|plow\w*|cozy|airplanes?|acknowledgment\w*|co-operat\w*|co-ordinat\w*|web sites?|toward)\b",
        "the catalog|self-defense|gray|an aging population|co-operation|co-ordinate|a web site|toward the border",
        "the catalogue|defence|grey|ageing|packaging|cooperation|coordinate|a website|towards|imaging",
    ),
    Rule("per cent", r"\bpercents?\b", "ten percent", "ten per cent|a percentage|percentages"),
    Rule(
        "names of countries and cities as the United Nations have them",
        rf"(?<!North )\b(?:{_COUNTRIES})\b",
        "in Dacca|Turkey|the Ivory Coast|a visa for Macedonia",
        "in Dhaka|Türkiye|North Macedonia|Viet Nam",
    ),
    Rule(
        "the day before the month",
        rf"\b(?:{_MONTH}) \d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}(?:st|nd|rd|th) (?:{_MONTH})\b",
        "on March 1, 2016|the 2nd March|March 31",
        "on 1 March 2016|in March 2016|May to October 2018",
    ),
]
PUNCTUATION = [
    Rule("no typewriter's apostrophe", r"'", "Don't", "IOM’s"),
    Rule("no French or typewriter's quotation marks", '["«»]', 'say "no"|«\u202fno\u202f»', "say “no”"),
    Rule("no space before a sign", r"(?<=[\w”’)])\s[;!?:,.](?!\w)", "Saved !|Saved ;", "Saved! A .docx|Saved"),
    Rule(
        "an ellipsis is one sign, without a space",
        r"\.\.\.|(?<=\w) …(?! ?[\w”])",
        "Saving...|Saving …",
        "Saving…|1, 2, 4 … times|“words …”",
    ),
    Rule("no two spaces and no tabulator", r" {2}|\t", "two  spaces", "one space"),
    Rule("thousands with a comma", r"\d\s\d{3}\b|\b\d{5,}\b", "25 000|25000", "25,000|in 2016|4500|on 3 July 2016"),
    Rule("a dash is not a hyphen", r"\s-\s", "one - two", "one – two|well-being"),
    Rule(
        "no Latin abbreviations",
        r"\b(?:e\.g|i\.e|viz|cf)\b|\betc\b",
        "e.g. Word|and so on, etc.",
        "for example Word",
    ),
    Rule("IOM, in English", r"\bOIM\b", "the OIM", "IOM"),
    Rule(
        "IOM without an article",
        r"\b[Tt]he IOM(?=[.,;:!?’]|$|\s+(?:is|has|was|and|or|to|in|on|for|of|with|at|by)\b)",
        "the site of the IOM|the IOM. It|The IOM has",
        "the IOM site|of IOM|the IOM office in Bogotá",
    ),
]
# Not for the demonstration: people who are quoted there may use contractions.
FORMAL = [Rule("no contractions", r"\w(?:n’t|’re|’ll|’ve)\b", "don’t|you’ll", "do not|IOM’s|the officers’ list")]
# Rules for the demonstration only: it mentions no computer programs, and figures with units have fields of their own.
DEMO_RULES = [
    Rule("programme", r"\bprograms?\b", "a return program", "a return programme|programmed"),
    Rule("per cent in running text", r"\d\s?%", "40%|40 %", "40 per cent"),
]


@pytest.mark.parametrize("rule", [*SPELLING, *PUNCTUATION, *FORMAL, *DEMO_RULES], ids=lambda rule: rule.name)
def test_a_rule_finds_the_wrong_examples_only(rule):
    assert not [example for example in rule.wrong.split("|") if not re.search(rule.pattern, example)]
    assert not [example for example in rule.right.split("|") if re.search(rule.pattern, example)]


@pytest.mark.parametrize("rule", SPELLING, ids=lambda rule: rule.name)
def test_texts_have_the_spelling_of_the_united_nations(rule):
    assert find_matches(rule.pattern, texts("en")) == []


@pytest.mark.parametrize("rule", SPELLING, ids=lambda rule: rule.name)
def test_comments_have_the_spelling_of_the_united_nations(rule):
    assert find_matches(rule.pattern, comments()) == []


@pytest.mark.parametrize("rule", PUNCTUATION, ids=lambda rule: rule.name)
def test_texts_for_officers_and_readers_have_english_punctuation(rule):
    assert find_matches(rule.pattern, texts("en", INTERFACE, GUIDE, DEMO)) == []


@pytest.mark.parametrize("rule", FORMAL, ids=lambda rule: rule.name)
def test_the_interface_and_the_guides_have_no_contractions(rule):
    assert find_matches(rule.pattern, texts("en", INTERFACE, GUIDE)) == []


@pytest.mark.parametrize("rule", DEMO_RULES, ids=lambda rule: rule.name)
def test_public_texts_have_the_words_of_the_united_nations(rule):
    found = [text for text in texts("en", DEMO) if not text.place.endswith((".unit", ".label"))]
    assert find_matches(rule.pattern, found) == []
