"""Parses the name and title of a person."""

import re
from dataclasses import dataclass

from newsroom.importing.structure import vocabulary
from newsroom.importing.structure.speech_verbs import PRONOUN

_NAME_CHANGED = re.compile(
    r"\s*\(\s*\*?\s*(?:(?:le |son |the |his |her )?(?:pré)?noms?(?: (?:a|ont) été)?\s*(?:modifié|changé|d[’']emprunt"
    r"|fictif)s?[^)]{0,60}|pseudonyme|(?:the |his |her )?names?(?: (?:has|have) been| was)? changed[^)]{0,60}"
    r"|not (?:his|her|their) real name|(?:a )?pseudonym|alias)\s*\)\s*",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"^(?:(?:le|la|les|the)\s+|l[’'])", re.IGNORECASE)
_PARTICLES = vocabulary.words("particles")
_HONORIFICS = vocabulary.words("honorifics")
# Capitalized words of titles and offices, never of a person's name
_TITLE_WORDS = vocabulary.words("titles")
_TOKEN = re.compile(r"[^\s]+")
_PREPOSITIONS = vocabulary.words("prepositions")


@dataclass(frozen=True, slots=True)
class Person:
    name: str = ""
    role: str = ""
    name_changed: bool = False


def parse_person(text: str) -> Person:
    """`Relief Bureau Director General Hans Meierhof` → name and title. A pronoun gives a Person without a name."""
    text, changes = _NAME_CHANGED.subn(" ", text)
    is_changed = bool(changes) or "*" in text
    text = re.sub(r"\s+([,;])", r"\1", re.sub(r"\s+", " ", text.replace("*", ""))).strip(" ,.;:")
    if not text or PRONOUN.match(text):
        return Person()
    head, _, rest = text.partition(",")
    title, name = _split_title_and_name(head.strip())
    if not name and rest:
        first, _, further = rest.strip().partition(",")
        inner_title, inner_name = _split_title_and_name(first.strip())
        if inner_name and not inner_title and not re.match(r"(?:who|qui)\b", first):
            return Person(inner_name, _join_role(_ARTICLE.sub("", head), further), is_changed)
    if not name:
        return Person("", text, is_changed)
    return Person(name, _join_role(_ARTICLE.sub("", title), rest), is_changed)


def _join_role(before: str, after: str) -> str:
    before = re.sub(r"[’']s\s*$", "", before)  # “IOM’s Anna Berg, Chief of Mission”
    return ", ".join(part.strip(" ,") for part in (before, after) if part.strip(" ,"))


def _split_title_and_name(words: str) -> tuple[str, str]:
    """Returns the title and the name, which is the last run of capitalized words. Both may be empty."""
    tokens = _TOKEN.findall(words)
    start = len(tokens)
    while start and _may_be_name(tokens, start - 1):
        start -= 1
    while start < len(tokens) and tokens[start].casefold() in _PARTICLES and tokens[start][:1].islower():
        start += 1
    if start == len(tokens):
        return words, ""
    before = tokens[start - 1].casefold().strip("’'") if start else ""
    is_titled = start < len(tokens) and tokens[start].casefold() in _HONORIFICS
    if (before in _PREPOSITIONS and not is_titled) or (start and re.match(r"[ld][’']", tokens[start], re.IGNORECASE)):
        return words, ""
    title = " ".join(tokens[:start])
    return "" if title.casefold() == "the" else title, " ".join(tokens[start:])


def _may_be_name(tokens: list[str], index: int) -> bool:
    token = tokens[index]
    bare = token.strip('()“”«»"')
    if bare.casefold() in _HONORIFICS:  # « Me Bako », not “Let me”
        return bare[:1].isupper() and index + 1 < len(tokens)
    if bare.casefold() in _PARTICLES and bare.islower():
        return 0 < index < len(tokens) - 1
    if bare.casefold() in _TITLE_WORDS or re.search(r"(?:[’']s|s[’'])$", bare) or not bare[:1].isupper():
        return False
    is_acronym = len(bare) > 1 and bare.isupper() and bare.isalpha() and any(not word.isupper() for word in tokens)
    return not is_acronym and re.fullmatch(r"(?:[DdLO][’'])?[^\W\d_][\w’'.-]*", bare) is not None


def is_name(text: str) -> bool:
    """Returns whether the text is only a person's name: two to five words, none of a title or an office."""
    title, name = _split_title_and_name(text.strip())
    return not title and bool(name) and 2 <= len(name.split()) <= 5


_TITLE_BEFORE_NAME = re.compile(
    r"(?:(?:le|la|les|the|notre|our)\s|l[’'])(?P<title>[^,.:]{3,90}),\s(?P<name>[^,.:]{3,50}),\s", re.I
)


def parse_subject(sentence: str) -> Person:
    """Returns the person at the start of a sentence: « Samir* (*nom changé), apprenti depuis mars, se souvient … »."""
    plain, changes = _NAME_CHANGED.subn(" ", sentence)
    is_changed = bool(changes) or bool(re.match(r"[^,.]{2,40}\*", plain))
    plain = re.sub(r"\s+([,;])", r"\1", plain.replace("*", "")).strip()
    titled = _TITLE_BEFORE_NAME.match(plain)
    if titled and is_name(titled["name"]):
        return Person(titled["name"], titled["title"], is_changed)
    tokens = plain.split(" ")
    for length in range(min(9, len(tokens)), 0, -1):
        words = " ".join(tokens[:length])
        if "," in words[:-1]:
            continue
        title, name = _split_title_and_name(words.rstrip(","))
        follows = plain[len(words.rstrip(",")) :]
        apposition = re.match(r",\s*([^,]{3,90}),?\s", follows)
        if not name or not (len(name.split()) > 1 or is_changed or apposition):
            continue
        role = (
            apposition[1]
            if apposition and not re.match(r"(?:qui|who|dont|whose|which|where|où)\b", apposition[1])
            else ""
        )
        return Person(name, _join_role(_ARTICLE.sub("", title), role), is_changed)
    return Person()
