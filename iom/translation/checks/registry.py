"""The registry of translation checks: functions that compare passages with their originals, by name."""

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from iom.findings import Level
from iom.translation.checks.language_data import Language, language_of
from iom.translation.content.text import without_tags
from iom.translation.glossary.matching import Glossary


@dataclass(frozen=True)
class Pair:
    """A passage in both languages, as localize stores it. `segment` is returned with each finding."""

    source_data: str
    target_data: str
    source_language: str
    target_language: str
    segment: Any = None
    glossary: Glossary = field(default_factory=Glossary)

    @cached_property
    def source(self) -> str:
        """The original without tags."""
        return without_tags(self.source_data)

    @cached_property
    def target(self) -> str:
        return without_tags(self.target_data)

    @property
    def texts(self) -> tuple[tuple[str, str], tuple[str, str]]:
        """The original and the translation, each with the code of its language."""
        return (self.source, self.source_language), (self.target, self.target_language)

    @property
    def languages(self) -> tuple[Language, Language]:
        return language_of(self.source_language), language_of(self.target_language)

    @property
    def has_language_data(self) -> bool:
        """Whether both languages have a file with their words. Otherwise only digits are compared."""
        return all(language.table for language in self.languages)


@dataclass(frozen=True)
class PairFinding:
    """What a check has found. `detail` identifies it, so that it can be marked as intended; `fix`: see `Finding`."""

    message: str
    detail: str
    fix: tuple[tuple[str, str], ...] = ()
    level: Level = Level.WARNING
    code: str = ""
    pair: Pair | None = None


PassageCheck = Callable[[Pair], Iterator[PairFinding]]
TextCheck = Callable[[Sequence[Pair]], Iterator[tuple[Pair, PairFinding]]]
passage_checks: dict[str, PassageCheck] = {}
text_checks: dict[str, TextCheck] = {}
certain_checks: set[str] = set()  # checks whose errors prevent publication


def passage_check(check: PassageCheck) -> PassageCheck:
    """Registers a check of single passages, which only warns."""
    passage_checks[check.__name__] = check
    return check


def certain_check(check: PassageCheck) -> PassageCheck:
    """Registers a check of single passages that may also return errors (level ERROR)."""
    certain_checks.add(check.__name__)
    return passage_check(check)


def text_check(check: TextCheck) -> TextCheck:
    """Registers a check of all passages of a text together."""
    text_checks[check.__name__] = check
    return check


def run(pairs: Sequence[Pair]) -> Iterator[PairFinding]:
    """Yields the findings of the passages that have a translation, in text order."""
    written = [pair for pair in pairs if pair.target.strip()]
    by_text_checks: dict[int, list[PairFinding]] = defaultdict(list)
    for name, check in text_checks.items():
        for pair, found in check(written):
            by_text_checks[id(pair)].append(replace(found, code=name, pair=pair))
    for pair in written:
        yield from _check_passage(pair, passage_checks)
        yield from by_text_checks[id(pair)]


def run_certain(pairs: Sequence[Pair]) -> Iterator[PairFinding]:
    """Yields the errors that prevent publication, in text order."""
    for pair in pairs:
        if pair.target.strip():
            yield from (found for found in _check_passage(pair, certain_checks) if found.level == Level.ERROR)


def _check_passage(pair: Pair, names: Container[str]) -> Iterator[PairFinding]:
    for name, check in passage_checks.items():
        if name in names:
            yield from (replace(found, code=name, pair=pair) for found in check(pair))
