"""What a word may have been meant to be that no page has."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from django.conf import settings
from django.db.models import CharField
from django.db.models.functions import Length
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from iom.statements import Given, Statement
from search.analysis import folded, read, rules, token, words
from search.expressions import Phrase, all_of
from search.fulltext import latest
from search.meanings import SYNONYM, singular
from search.models import Word
from search.names import country_names
from search.parsing import parse
from search.query import Query, Term, Variant, variant_of

MOST_COMPLETIONS = 8
SHORTEST_BEGINNING = 3  # letters of an unfinished word
COMPLETION = 0.5  # how much it counts
MOST_COMPARED = 5000
SHORTEST_CORRECTED = 4  # letters of a word that is replaced
LONG = 7  # letters of a word of which two may differ
LONGEST_ENDING = 4  # letters in which two endings may differ
MOST_ALIKE = 3  # words that a misspelt one may mean
MOST_TERMS = 8  # that are completed or corrected
SHORTEST_PART, SHORTEST_JOINED = 3, 2  # letters of a word that was written together with another, or apart from it
MOST_PARTED = 2  # terms; as many may begin with another letter


def load() -> None:
    """Reads the files of all languages, which takes as long as several searches, when a process begins to answer."""
    for language in dict(settings.LANGUAGES):
        parse("two words", language, known=())
        _all_reviewed(language)


def completions(terms: Iterable[Term], language: str) -> dict[Term, Sequence[Variant]]:
    """For each term of one word, the words that it begins; a query for each."""
    found: dict[Term, Sequence[Variant]] = {}
    for term in list(terms)[:MOST_TERMS]:
        beginning = folded(term.typed)
        is_beginning = len(term.words) == 1 and len(beginning) >= SHORTEST_BEGINNING
        if is_beginning and (stems := stems_beginning_with(beginning, language)):
            found[term] = [variant_of([stem], language, COMPLETION) for stem in stems]
    return found


def stems_beginning_with(beginning: str, language: str) -> list[str]:
    """Of the shortest words that begin so, among the first hundred in the alphabet."""
    rows = _first_words(language=language, beginning=beginning, after=_after(beginning))
    forms = sorted((row.form for row in rows), key=lambda form: (len(form), form))[:MOST_COMPLETIONS]
    return list(dict.fromkeys(word.stem for form in forms for word in words(form, language)))


def correction(query: Query, missing: Iterable[Term]) -> str:
    """What was typed, with each missing word replaced by the nearest that pages have; empty where none is near.

    Of words that are near, the one is taken that a page says with the others of the query: “unpayed wages” are unpaid,
    not unpaved. One query, where there is a choice.
    """
    terms = list(missing)[:MOST_TERMS]
    near = {term: _nearest(term.typed, query.language) for term in terms}
    if len(terms) <= MOST_PARTED:
        near = {term: forms or _of_another_letter(term.typed, query.language) for term, forms in near.items()}
    if not all(near.values()):  # a short word is like many, and is no proof that the others are what is meant
        near = {term: forms for term, forms in near.items() if len(term.typed) > SHORTEST_CORRECTED}
    near = {term: forms for term, forms in near.items() if forms}
    if not near:
        return ""
    texts = list(_corrected(query, near))
    return texts[0] if len(texts) == 1 else _first_found(texts, query.language) or texts[0]


def _corrected(query: Query, near: Mapping[Term, Sequence[str]]) -> Iterator[str]:
    """With the nearest words; then, of a query of several words, with others in the place of one of them."""
    nearest = {term: forms[0] for term, forms in near.items()}
    chosen = [nearest]
    if len(query.terms) > 1 and len(near) <= MOST_PARTED:
        chosen += [nearest | {term: form} for term, forms in near.items() for form in forms[1:]]
    for words_of in chosen:
        text = query.text
        for term, form in words_of.items():
            text = _replaced(text, term.typed, form)
        yield text


def _first_found(texts: Sequence[str], language: str) -> str:
    """The first that a page says in these words; empty where none does."""
    said = [all_of([term.variants[0].expression for term in parse(text, language).terms]) for text in texts]
    found = latest([(expression, 1) for expression in said])
    return next((text for text, hits in zip(texts, found, strict=True) if hits), "")


def respaced(query: Query, missing: Iterable[Term]) -> str:
    """What was typed, with a missing word as two that follow each other on a page, or with its neighbour as one word:
    “seawalls”, “off shore”. Empty where no page has them so, or more than MOST_PARTED words are missing. One query."""
    apart = [term for term in missing if len(term.words) == 1 and not term.phrase]
    if len(apart) > MOST_PARTED:
        return ""
    others = {text: phrase for term in apart for text, phrase in _respacings(query, term)}
    found = latest([(phrase, 1) for phrase in others.values()]) if others else []
    return next((text for text, hits in zip(others, found, strict=True) if hits), "")


def joined(query: Query) -> dict[Term, Sequence[Variant]]:
    """Of words that follow each other, those that pages have as one word, a variant of each: “hot line”. One query."""
    pairs = [pair for pair in pairwise(query.terms) if all(_may_be_part(term) for term in pair)]
    whole = {folded("".join(term.typed for term in pair)): pair for pair in pairs}
    said = Word.objects.filter(language=query.language, folded__in=whole) if whole else []
    found: dict[Term, list[Variant]] = {}
    for row in said:
        for term in whole[row.folded]:
            found.setdefault(term, []).extend(
                variant_of([word.stem], query.language, SYNONYM) for word in words(row.form, query.language)
            )
    return dict(found)


def _may_be_part(term: Term) -> bool:
    return len(term.words) == 1 and not term.phrase and len(term.typed) >= SHORTEST_JOINED


def _respacings(query: Query, term: Term) -> Iterator[tuple[str, Phrase]]:
    """What may have been meant, and the words that a page then has to have."""
    typed, place, word = [one.typed for one in query.terms], query.terms.index(term), term.typed
    joined = range(max(place - 1, 0), min(place + 1, len(typed) - 1))
    pairs = [typed[first : first + 2] for first in joined]
    changes = [(" ".join(pair), "".join(pair)) for pair in pairs if min(map(len, pair)) >= SHORTEST_JOINED]
    parted = range(SHORTEST_PART, len(word) - SHORTEST_PART + 1)
    changes += [(word, f"{word[:at]} {word[at:]}") for at in parted]
    for former, text in changes:
        stems = [one.stem for one in words(text, query.language) if not one.is_stop_word]
        meant = _replaced(query.text, former, text)
        if len(stems) == len(text.split()) and meant != query.text:  # as it is where a stop word stands between
            yield meant, Phrase(tuple(token(stem, query.language) for stem in stems))


def _replaced(text: str, former: str, new: str) -> str:
    """The text with other words in the place of some that follow each other, and a capital where they had one."""
    pattern = r"\W+".join(map(re.escape, former.split()))
    capital = new[0].upper() + new[1:]

    def written(found: re.Match[str]) -> str:
        return capital if found[0][0].isupper() else new

    return re.sub(rf"\b{pattern}\b", written, text, flags=re.IGNORECASE)


def _nearest(typed: str, language: str) -> list[str]:
    """The words with the fewest letters that differ, at most one of a short word; of equals what begins alike."""
    bare = folded(typed)  # accents alone are no letters
    if len(bare) < SHORTEST_CORRECTED or " " in bare:
        return []
    wanted = singular(bare)
    most = 1 if len(wanted) < LONG else 2
    of_this_length = {"length__range": (len(wanted) - most, len(wanted) + most + 1)}
    rows = Word.objects.filter(language=language, folded__gte=wanted[0], folded__lt=_after(wanted[0]))
    rows = rows.annotate(length=Length("folded")).filter(**of_this_length)
    known = dict(rows.order_by("folded").values_list("form", "folded")[:MOST_COMPARED])
    known = {form: bare for form, bare in known.items() if singular(bare) != wanted}  # a page had it, and none has
    reviewed = _reviewed(language).get(wanted[0], {})
    forms = reviewed | {form: singular(bare) for form, bare in known.items()}
    return _best(wanted, forms, known, most) or _best_by_stem(typed, forms, known, language)


def _of_another_letter(typed: str, language: str) -> list[str]:
    """For a long word the one of the language's files that begins with another letter, and is the same else."""
    wanted = singular(folded(typed))
    return _best(wanted, _all_reviewed(language), (), 1) if len(wanted) >= LONG and " " not in typed else []


def _best(wanted: str, forms: Mapping[str, str], known: Container[str], most: int) -> list[str]:
    """The forms that are nearest to `wanted`, by what each form is compared as; of equals one that pages have.

    Of those one that begins alike, then one of the same length: “contarct” has all the letters of “contract”.
    """
    near = process.extract(wanted, forms, scorer=OSA.distance, score_cutoff=most, limit=10)
    rank = (
        (distance, form not in known, -JaroWinkler.similarity(wanted, bare), abs(len(bare) - len(wanted)), form)
        for bare, distance, form in near
    )
    return [form for *_, form in sorted(rank)[:MOST_ALIKE]]


def _best_by_stem(typed: str, forms: Mapping[str, str], known: Container[str], language: str) -> list[str]:
    """The same by stems, for a word that is misspelt and has another ending."""
    wanted = "".join(word.stem for word in words(typed, language))
    if len(wanted) < LONG:
        return []
    alike = process.extract(folded(typed), forms, scorer=OSA.distance, score_cutoff=1 + LONGEST_ENDING, limit=None)
    stems = {form: stem for *_, form in alike for _form, stem, _loose, _is_stop_word in read(form, language)}
    return _best(wanted, stems, known, 1)


@cache
def _reviewed(language: str) -> dict[str, dict[str, str]]:
    """By first letter the words of the language's files and the countries, as they are written and as they are
    compared: pages may have none.

    Stop words as well: a misspelt one is searched for like any other word.
    """
    rule = rules(language)
    groups = (*rule.families, *rule.synonyms, *rule.abbreviations, *rule.everyday, *rule.thesaurus)
    texts = [text for group in groups for text in group]
    texts += [text for facet in rule.facets.values() for called in facet.values() for text in called]
    texts += [name for one in dict(settings.LANGUAGES) for called in country_names(one).values() for name in called]
    found: dict[str, dict[str, str]] = {}
    for form in {word.form: None for text in (*texts, *rule.stop_words) for word in words(text, language)}:
        bare = folded(form)
        found.setdefault(bare[0], {})[form] = singular(bare)
    return found


@cache
def _all_reviewed(language: str) -> dict[str, str]:
    """The same, whatever they begin with: “Kambodia” begins with another letter than what is meant."""
    return {form: bare for forms in _reviewed(language).values() for form, bare in forms.items()}


_first_words = Statement(
    lambda: (
        Word.objects.filter(language=Given("language", CharField()))
        .filter(folded__gte=Given("beginning", CharField()), folded__lt=Given("after", CharField()))
        .only("form")
        .order_by("folded")[:100]
    )
)


def _after(beginning: str) -> str:
    """What comes in the alphabet after all that begins so."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)
