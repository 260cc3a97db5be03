"""The words of pages: what a misspelt one may mean."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import batched

from iom.core.searched import Searched
from search.analysis import LONGEST, folded, read, token, vocabulary
from search.expressions import Token
from search.fulltext import latest
from search.models import Word
from search.written import written_words

BATCH = 1000
ASKED = 200  # words in a query, of which SQLite takes 500 parts
LONG = 5  # letters of a word of a text that is proposed for another
SHORTEST = 3  # letters of a word that is proposed for another


def add(texts: Iterable[tuple[str, Searched]]) -> None:
    """Adds the words of texts, each with the code of its language, that are not there yet."""
    of_titles: dict[str, set[str]] = defaultdict(set)
    of_texts: dict[str, set[str]] = defaultdict(set)
    for language, searched in texts:
        title = " ".join((searched.title, searched.summary, *searched.headings, *searched.names))
        of_titles[language].update(written_words(title))
        of_texts[language].update(written_words(f"{searched.text} {searched.keywords}"))
    forms = {
        (language, form) for language in of_titles for _written, form in vocabulary(of_titles[language], language)
    }
    for language, words in of_texts.items():
        for written, form in vocabulary(words, language):
            if len(form) >= LONG or not written.islower():  # a name, or so long that few are like it
                forms.add((language, form))
    rows = [Word(language=language, form=form, folded=folded(form)) for language, form in sorted(forms)]
    Word.objects.bulk_create(filter(_is_word, rows), ignore_conflicts=True, batch_size=BATCH)


def _is_word(row: Word) -> bool:
    return SHORTEST <= len(row.form) <= LONGEST and row.form.isalpha()


def remove_unsaid() -> None:
    """Removes the words that no page has any more.

    One that is published again meanwhile may be missing until its page is published once more.
    """
    for words in batched(list(Word.objects.order_by("pk")), ASKED):
        found = latest([(Token(_token(word)), 1) for word in words])
        gone = [word.pk for word, hits in zip(words, found, strict=True) if not hits]
        Word.objects.filter(pk__in=gone).delete()


def _token(word: Word) -> str:
    """What the index has of it."""
    return next(token(stem, word.language) for _form, stem, *_others in read(word.form, word.language))
