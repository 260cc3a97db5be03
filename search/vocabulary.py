"""The vocabulary: the words of pages that may complete or correct a query word."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import batched

from iom.core.search_content import SearchContent
from search.analysis import MAX_WORD_LENGTH, analyse_word, content_forms, folded, token
from search.expressions import Token
from search.fulltext import shown_hits
from search.models import Word
from search.tokenizer import raw_words

BATCH = 1000
QUERY_BATCH = 200  # words a query; SQLite allows 500 parts of a compound SELECT
MIN_TEXT_WORD_LENGTH = 5  # letters of a word that stands only in texts
MIN_WORD_LENGTH = 3  # letters of any word


def add(texts: Iterable[tuple[str, SearchContent]]) -> None:
    """Adds the new words of texts. Each text comes with the code of its language."""
    of_titles: dict[str, set[str]] = defaultdict(set)
    of_texts: dict[str, set[str]] = defaultdict(set)
    for language, searched in texts:
        title = " ".join((searched.title, searched.summary, *searched.headings, *searched.names))
        of_titles[language].update(raw_words(title))
        of_texts[language].update(raw_words(f"{searched.text} {searched.keywords}"))
    forms = {
        (language, form) for language in of_titles for _written, form in content_forms(of_titles[language], language)
    }
    for language, words in of_texts.items():
        for written, form in content_forms(words, language):
            # A name, or so long that few words are similar
            if len(form) >= MIN_TEXT_WORD_LENGTH or not written.islower():
                forms.add((language, form))
    rows = [Word(language=language, form=form, folded=folded(form)) for language, form in sorted(forms)]
    Word.objects.bulk_create(filter(_is_word, rows), ignore_conflicts=True, batch_size=BATCH)


def _is_word(row: Word) -> bool:
    return MIN_WORD_LENGTH <= len(row.form) <= MAX_WORD_LENGTH and row.form.isalpha()


def remove_unused_words() -> None:
    """Removes the words that no page has any more.

    A word that is published again at this moment may be missing until its page is published once more.
    """
    for words in batched(list(Word.objects.order_by("pk")), QUERY_BATCH):
        found = shown_hits([(Token(_word_token(word)), 1) for word in words])
        gone = [word.pk for word, hits in zip(words, found, strict=True) if not hits]
        Word.objects.filter(pk__in=gone).delete()


def _word_token(word: Word) -> str:
    """Returns the token of a word in the index."""
    return next(token(stem, word.language) for _form, stem, *_others in analyse_word(word.form, word.language))
