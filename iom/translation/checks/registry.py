"""What the checks of translations are: functions that compare passages with their originals, registered by name."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from iom.findings import Level
from iom.translation.checks.words import Language, language_of
from iom.translation.content.text import without_tags
from iom.translation.glossary.matching import Glossary


@dataclass(frozen=True)
class Pair:
    """A passage: what localize stores of it in both languages. `segment` is given back with what is found."""

    source_data: str
    target_data: str
    source_language: str
    target_language: str
    segment: Any = None
    glossary: Glossary = field(default_factory=Glossary)

    @cached_property
    def source(self) -> str:
        """The words of the original, without tags."""
        return without_tags(self.source_data)

    @cached_property
    def target(self) -> str:
        return without_tags(self.target_data)

    @property
    def languages(self) -> tuple[Language, Language]:
        return language_of(self.source_language), language_of(self.target_language)

    @property
    def has_words(self) -> bool:
        """Whether both languages have a file with their words; else what is in digits is compared."""
        return all(language.table for language in self.languages)


@dataclass(frozen=True)
class Found:
    """`detail` says what exactly, for whoever has said that it is intended; `fix`: as in `iom.findings.Finding`."""

    message: str
    detail: str
    fix: tuple[tuple[str, str], ...] = ()
    level: Level = Level.WARNING
    code: str = ""
    pair: Pair | None = None


PassageCheck = Callable[[Pair], Iterator[Found]]
TextCheck = Callable[[Sequence[Pair]], Iterator[tuple[Pair, Found]]]
of_passages: dict[str, PassageCheck] = {}
of_texts: dict[str, TextCheck] = {}
certain: set[str] = set()  # the checks that may refuse publication


def passage_check(check: PassageCheck) -> PassageCheck:
    """Registers a check of one passage after the other, which only warns."""
    of_passages[check.__name__] = check
    return check


def certain_check(check: PassageCheck) -> PassageCheck:
    """Registers a check of passages some of whose findings are certain: their level is ERROR."""
    certain.add(check.__name__)
    return passage_check(check)


def text_check(check: TextCheck) -> TextCheck:
    """Registers a check of all passages together."""
    of_texts[check.__name__] = check
    return check


def run(pairs: Sequence[Pair], *, certain_only: bool = False) -> Iterator[Found]:
    """What is found in the passages that have a translation, in the order of the text; errors alone, if wanted."""
    written = [pair for pair in pairs if pair.target.strip()]
    together: dict[int, list[Found]] = {}
    if not certain_only:
        for name, check in of_texts.items():
            for pair, found in check(written):
                together.setdefault(id(pair), []).append(replace(found, code=name, pair=pair))
    for pair in written:
        for name, passage in of_passages.items():
            if name in certain or not certain_only:
                for found in passage(pair):
                    if found.level == Level.ERROR or not certain_only:
                        yield replace(found, code=name, pair=pair)
        yield from together.get(id(pair), ())
