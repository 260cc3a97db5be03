"""Completion and spelling correction of query words that no page contains. Used by the engine and the suggestions."""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, pairwise

from django.conf import settings
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from iom.statements import rows
from search.analysis import analyse_word, folded, rules, token, words
from search.expressions import Expression, In, Phrase, all_of, any_of
from search.fulltext import shown_hits
from search.models import Word
from search.names import country_names
from search.parsing import parse
from search.query import Query, Term, Variant, variant_from_stems
from search.synonyms import SYNONYM, singular

MAX_COMPLETED, MAX_COMPLETIONS = 100, 8  # words with the same beginning that are read, and the shortest of them
MIN_PREFIX_LENGTH = 3  # letters of an unfinished word
ANY_LENGTH = 0, 1000  # letters
COMPLETION_WEIGHT = 0.5  # of a completed word, where a typed word has 1
MAX_COMPARED = 5000  # words of pages
MIN_CORRECTED_LENGTH = 4  # letters of a word that is replaced
LONG_WORD = 7  # letters; two of them may differ, in a shorter word one
MAX_ENDING_DIFFERENCE = 4  # letters in which two endings may differ
MAX_SUGGESTED_FORMS = 3  # candidates for a misspelt word
MAX_TERMS = 8  # that are completed or corrected
MIN_PART_LENGTH, MIN_JOINED_LENGTH = 3, 2  # letters of each part, where a word is split or two words are joined
MAX_RESPACED = 3  # terms; also the most whose first letter is corrected
_WORDS_OF_PAGES = """SELECT {number}, words{number}.* FROM (SELECT form, folded FROM search_word
WHERE language = %s AND folded >= %s AND folded < %s AND length(folded) BETWEEN %s AND %s
ORDER BY folded LIMIT %s) AS words{number}"""


def load_language_files() -> None:
    """Reads the files of all languages when a process starts, since this takes as long as several searches."""
    for language in dict(settings.LANGUAGES):
        parse("two words", language, record_names=())
        _all_reviewed_words(language)


def completions(terms: Iterable[Term], language: str) -> dict[Term, Sequence[Variant]]:
    """Returns variants for each unquoted one-word term that is the beginning of words of pages. One query."""
    beginnings = {
        term: beginning
        for term in list(terms)[:MAX_TERMS]
        if len(term.words) == 1 and not term.phrase and len(beginning := folded(term.typed)) >= MIN_PREFIX_LENGTH
    }
    stems = stems_with_prefixes(list(beginnings.values()), language)
    return {
        term: [variant_from_stems([stem], language, COMPLETION_WEIGHT) for stem in found]
        for term, found in zip(beginnings, stems, strict=True)
        if found
    }


def stems_with_prefixes(beginnings: Sequence[str], language: str) -> list[list[str]]:
    """Returns for each prefix the stems of the shortest words, among the first hundred in the alphabet. One query."""
    found = []
    for completed in _words_of_pages([(one, *ANY_LENGTH) for one in beginnings], language, MAX_COMPLETED):
        forms = sorted((form for form, _folded in completed), key=lambda form: (len(form), form))[:MAX_COMPLETIONS]
        found.append(list(dict.fromkeys(word.stem for form in forms for word in words(form, language))))
    return found


def _words_of_pages(ranges: Sequence[tuple[str, int, int]], language: str, most: int) -> list[list[tuple[str, str]]]:
    """Returns for each range, a beginning and the least and the most letters, the first words in the alphabet.

    A word is its form and the folded form, which begins so. At most `most` words of each range. One query.
    """
    parts = [_WORDS_OF_PAGES.format(number=number) for number in range(len(ranges))]
    params = [
        one
        for beginning, least, longest in ranges
        for one in (language, beginning, _prefix_end(beginning), least, longest, most)
    ]
    found: list[list[tuple[str, str]]] = [[] for _range in ranges]
    for number, form, bare in rows(" UNION ALL ".join(parts), params) if ranges else []:
        found[number].append((form, bare))
    return found


def corrected_text(query: Query, missing: Iterable[Term]) -> str:
    """Returns the query text with each missing word replaced by the nearest word of pages, or "" if none is near.

    Of several near words, the first is taken that a page contains together with the other words of the query:
    “unpayed wages” are unpaid, not unpaved. One query if there is a choice.
    """
    terms = list(missing)[:MAX_TERMS]
    near = dict(zip(terms, _nearest_words([term.typed for term in terms], query.language), strict=True))
    if len(terms) <= MAX_RESPACED:
        near = {term: forms or _nearest_with_other_initial(term.typed, query.language) for term, forms in near.items()}
    if not all(near.values()):  # a short word is near many others, so its correction proves little
        near = {term: forms for term, forms in near.items() if len(term.typed) > MIN_CORRECTED_LENGTH}
    near = {term: forms for term, forms in near.items() if forms}
    if not near:
        return ""
    texts = list(_corrected_texts(query, near))
    return texts[0] if len(texts) == 1 else _first_with_results(texts, query.language) or texts[0]


def _corrected_texts(query: Query, near: Mapping[Term, Sequence[str]]) -> Iterator[str]:
    """Yields the text with the nearest words. A query of several words has more: each replaces one word by another."""
    nearest = {term: forms[0] for term, forms in near.items()}
    chosen = [nearest]
    if len(query.terms) > 1 and len(near) <= MAX_RESPACED:
        chosen += [nearest | {term: form} for term, forms in near.items() for form in forms[1:]]
    for words_of in chosen:
        text = query.text
        for term, form in words_of.items():
            text = _replace_words(text, term.typed, form)
        yield text


def _first_with_results(texts: Sequence[str], language: str) -> str:
    """Returns the first text whose words a page contains, or ""."""
    expressions = [all_of([term.variants[0].expression for term in parse(text, language).terms]) for text in texts]
    found = shown_hits([(expression, 1) for expression in expressions])
    return next((text for text, hits in zip(texts, found, strict=True) if hits), "")


def respaced_text(query: Query, missing: Iterable[Term]) -> str:
    """Returns the query text with a missing word split, or joined with its neighbour: “seawalls”, “off shore”.

    Returns "" if no page has the result, or if more than MAX_RESPACED words are missing. One query, and one for each
    long word.
    """
    apart = [term for term in missing if len(term.words) == 1 and not term.phrase]
    if len(apart) > MAX_RESPACED:
        return ""
    others = dict(respacing for term in apart for respacing in _respacings(query, term))
    found = shown_hits([(phrase, 1) for phrase in others.values()]) if others else []
    return next((text for text, hits in zip(others, found, strict=True) if hits), "")


def joined_words(query: Query) -> dict[Term, Sequence[Variant]]:
    """Returns a variant for both of two adjacent terms that pages write as one word: “hot line”. One query."""
    pairs = [pair for pair in pairwise(query.terms) if all(_may_be_part(term) for term in pair)]
    whole = {folded("".join(term.typed for term in pair)): pair for pair in pairs}
    rows = Word.objects.filter(language=query.language, folded__in=whole) if whole else []
    found: dict[Term, list[Variant]] = {}
    for row in rows:
        for term in whole[row.folded]:
            found.setdefault(term, []).extend(
                variant_from_stems([word.stem], query.language, SYNONYM) for word in words(row.form, query.language)
            )
    return dict(found)


def _may_be_part(term: Term) -> bool:
    return len(term.words) == 1 and not term.phrase and len(term.typed) >= MIN_JOINED_LENGTH


def _respacings(query: Query, term: Term) -> Iterator[tuple[str, Expression]]:
    """Yields respaced texts of the query, each with what a page has to contain."""
    typed, place, word = [one.typed for one in query.terms], query.terms.index(term), term.typed
    joined = range(max(place - 1, 0), min(place + 1, len(typed) - 1))
    pairs = [typed[first : first + 2] for first in joined]
    changes = [(" ".join(pair), "".join(pair)) for pair in pairs if min(map(len, pair)) >= MIN_JOINED_LENGTH]
    parted = range(MIN_PART_LENGTH, len(word) - MIN_PART_LENGTH + 1)
    changes += [(word, f"{word[:at]} {word[at:]}") for at in parted]
    changes += [(word, text)] if (text := _segmented(word, query.language)) else []
    for former, text in changes:
        respaced = _replace_words(query.text, former, text)
        if respaced != query.text:  # unchanged if a stop word stands between
            yield respaced, _phrase_expression(text, query.language)


def _segmented(word: str, language: str) -> str:
    """Returns a long word parted into the fewest words of pages and stop words: “termsofuse”. "" if it has none."""
    whole = folded(word)
    if len(whole) < LONG_WORD:
        return ""
    parts = {whole[start:end] for start, end in combinations(range(len(whole) + 1), 2)} - {whole}
    known = set(Word.objects.filter(language=language, folded__in=parts).values_list("folded", flat=True))
    known |= parts & rules(language).stop_words
    best: dict[int, list[str]] = {0: []}  # the words of each beginning, by its length
    for end in range(1, len(whole) + 1):
        ways = [[*best[start], whole[start:end]] for start in best if whole[start:end] in known]
        if ways:
            best[end] = min(ways, key=len)
    return " ".join(best.get(len(whole), ()))


def _phrase_expression(text: str, language: str) -> Expression:
    """Returns an expression for pages with the words of the text in sequence. Only titles have the stop words."""
    found = list(words(text, language))
    whole = tuple(token(one.stem, language) for one in found)
    content = tuple(token(one.stem, language) for one in found if not one.is_stop_word)
    if content == whole:
        return Phrase(content)
    in_title = In("title_tokens", Phrase(whole))
    return any_of([in_title, Phrase(content)]) if len(content) > 1 else in_title


def _replace_words(text: str, former: str, new: str) -> str:
    """Replaces consecutive words of the text, and keeps a capital letter at their beginning."""
    pattern = r"\W+".join(map(re.escape, former.split()))
    capital = new[0].upper() + new[1:]

    def written(found: re.Match[str]) -> str:
        return capital if found[0][0].isupper() else new

    return re.sub(rf"\b{pattern}\b", written, text, flags=re.IGNORECASE)


def _nearest_words(typed: Sequence[str], language: str) -> list[list[str]]:
    """Returns for each word those at the smallest edit distance: at most 1 for a short word, else 2. One query.

    Accents do not count.
    """
    bare = {word: folded(word) for word in typed}  # a missing accent is not a spelling error
    wanted = {word: singular(one) for word, one in bare.items() if len(one) >= MIN_CORRECTED_LENGTH and " " not in one}
    most = {word: 1 if len(one) < LONG_WORD else 2 for word, one in wanted.items()}
    ranges = [(one[0], len(one) - most[word], len(one) + most[word] + 1) for word, one in wanted.items()]
    on_pages = dict(zip(wanted, _words_of_pages(ranges, language, MAX_COMPARED), strict=True))
    return [
        _nearest(word, wanted[word], dict(on_pages[word]), most[word], language) if word in wanted else []
        for word in typed
    ]


def _nearest(typed: str, wanted: str, on_pages: dict[str, str], most: int, language: str) -> list[str]:
    """Returns the nearest of the words of pages, `on_pages`, and of the language's files."""
    # No page has the typed word any more, although the vocabulary may still have it
    on_pages = {form: bare for form, bare in on_pages.items() if singular(bare) != wanted}
    reviewed = _reviewed_words(language).get(wanted[0], {})
    forms = reviewed | {form: singular(bare) for form, bare in on_pages.items()}
    return _best_forms(wanted, forms, on_pages, most) or _best_forms_by_stem(typed, forms, on_pages, language)


def _nearest_with_other_initial(typed: str, language: str) -> list[str]:
    """Returns, for a long word, the words of the language's files that differ in one letter, even in the first."""
    wanted = singular(folded(typed))
    if len(wanted) < LONG_WORD or " " in typed:
        return []
    return _best_forms(wanted, _all_reviewed_words(language), (), 1)


def _best_forms(wanted: str, forms: Mapping[str, str], on_pages: Container[str], most: int) -> list[str]:
    """Returns the forms nearest to `wanted`. `forms` maps each form to the text that is compared.

    Of equals, those in `on_pages` come first, then a similar beginning, then the same length: “contarct” has all the
    letters of “contract”.
    """
    near = process.extract(wanted, forms, scorer=OSA.distance, score_cutoff=most, limit=10)
    rank = (
        (distance, form not in on_pages, -JaroWinkler.similarity(wanted, bare), abs(len(bare) - len(wanted)), form)
        for bare, distance, form in near
    )
    return [form for *_, form in sorted(rank)[:MAX_SUGGESTED_FORMS]]


def _best_forms_by_stem(typed: str, forms: Mapping[str, str], on_pages: Container[str], language: str) -> list[str]:
    """Returns the nearest forms by their stems, for a misspelt word with another ending."""
    wanted = "".join(word.stem for word in words(typed, language))
    if len(wanted) < LONG_WORD:
        return []
    alike = process.extract(
        folded(typed), forms, scorer=OSA.distance, score_cutoff=1 + MAX_ENDING_DIFFERENCE, limit=None
    )
    stems = {form: stem for *_, form in alike for _form, stem, _loose, _is_stop_word in analyse_word(form, language)}
    return _best_forms(wanted, stems, on_pages, 1)


@cache
def _reviewed_words(language: str) -> dict[str, dict[str, str]]:
    """Returns the words of the language's files and of country names: first letter → form → the form for comparing.

    They count even if no page has them. Stop words are included: a misspelt one is searched like any other word.
    """
    rule = rules(language)
    groups = (*rule.groups, *rule.everyday, *rule.thesaurus)
    texts = [text for group in groups for text in group]
    texts += [text for facet in rule.facets.values() for called in facet.values() for text in called]
    texts += [name for one in dict(settings.LANGUAGES) for called in country_names(one).values() for name in called]
    found: dict[str, dict[str, str]] = {}
    for form in {word.form: None for text in (*texts, *rule.stop_words) for word in words(text, language)}:
        bare = folded(form)
        found.setdefault(bare[0], {})[form] = singular(bare)
    return found


@cache
def _all_reviewed_words(language: str) -> dict[str, str]:
    """Returns the same words for all first letters, since the first letter may be the error: “Kambodia”."""
    return {form: bare for forms in _reviewed_words(language).values() for form, bare in forms.items()}


def _prefix_end(beginning: str) -> str:
    """Returns the smallest string that sorts after all strings with this prefix."""
    return beginning[:-1] + chr(ord(beginning[-1]) + 1)
