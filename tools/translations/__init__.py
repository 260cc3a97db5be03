"""Correct translations for measuring the checks: the demonstration's articles, and the passages of `pairs.txt`."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from iom.demo import content
from iom.translation.checks.registry import Pair
from iom.translation.glossary.matching import Glossary

FILE = Path(__file__).with_name("pairs.txt")
LANGUAGES = ("fr", "en")
PASSAGES = 14  # in a composed article, as in those of the demonstration
_PARTS = re.compile(r"<(?:p|li|h[2-4])[^>]*>(.*?)</(?:p|li|h[2-4])>", re.DOTALL)

Article = list[tuple[str, str]]  # passages in French and in English


def passages() -> Article:
    """Returns the passages of `pairs.txt`."""
    text = "\n".join(line for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#"))
    blocks = [block.split("\n") for block in text.strip().split("\n\n")]
    return [(french, english) for french, english in blocks]


def demonstration_articles() -> list[Article]:
    """Returns the articles of the demonstration that exist in both languages."""
    found = [list(_pairs(table)) for table in content.read_articles() if "fr" in table and "en" in table]
    return [article for article in found if len(article) > 3]


def _pairs(table: Any) -> Iterator[tuple[str, str]]:
    if isinstance(table, list):
        for one in table:
            yield from _pairs(one)
    elif isinstance(table, dict):
        if all(code in table for code in LANGUAGES):
            yield from _aligned(table["fr"], table["en"])
        for name, one in table.items():
            if name not in LANGUAGES:
                yield from _pairs(one)


def _aligned(french: Any, english: Any) -> Iterator[tuple[str, str]]:
    if isinstance(french, dict) and isinstance(english, dict):
        for name in french:  # in the order of the file, so that the faults are the same each time
            if name in ("slug", "place") or name not in english:
                continue
            yield from _aligned(french[name], english[name])
    elif isinstance(french, list) and isinstance(english, list) and len(french) == len(english):
        for ours, theirs in zip(french, english, strict=True):
            yield from _aligned(ours, theirs)
    elif isinstance(french, str) and isinstance(english, str):
        ours, theirs = _PARTS.findall(french) or [french], _PARTS.findall(english) or [english]
        if len(ours) == len(theirs):
            yield from ((a.strip(), b.strip()) for a, b in zip(ours, theirs, strict=True) if a.strip() and b.strip())


def articles(number: int, held_out: bool, glossary: Glossary, seed: int = 19) -> list[list[Pair]]:
    """Returns `number` articles of one half, in both directions: those of the demonstration, then composed ones."""
    half = int(held_out)
    texts = demonstration_articles()[half::2]
    known, rng = passages()[half::2], random.Random(seed + half)  # noqa: S311  (not for secrets)
    found = [pairs_of(text, to, glossary) for text in texts for to in LANGUAGES][:number]
    while len(found) < number:
        found.append(pairs_of(rng.sample(known, PASSAGES), LANGUAGES[len(found) % 2], glossary))
    return found


def pairs_of(article: Article, to: str, glossary: Glossary) -> list[Pair]:
    """Returns the passages as translated into the language `to`."""
    if to == "en":
        return [Pair(french, english, "fr", "en", glossary=glossary) for french, english in article]
    return [Pair(english, french, "en", "fr", glossary=glossary) for french, english in article]
