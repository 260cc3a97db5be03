"""Judged searches: what people type, with graded pages (en.toml, fr.toml), and nDCG, the measure of a ranking.

The head of en.toml describes the format.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = tuple(sorted(file.stem for file in FOLDER.glob("*.toml")))
GRADES = {"best": 3, "good": 2, "fair": 1}
DEPTH = 10  # results that count


@dataclass(frozen=True)
class Search:
    """The text of a search, what the person wants, and the grade of each relevant address. Without grades, no page
    answers it. `tune` is false for held-out searches."""

    language: str
    text: str
    about: str
    grades: Mapping[str, int]
    tune: bool


def searches() -> list[Search]:
    """Returns the searches of all languages, in the order of the files. Raises ValueError for an unclear judgement."""
    return [search for language in LANGUAGES for search in read(language, (FOLDER / f"{language}.toml").read_text())]


def read(language: str, text: str) -> list[Search]:
    """Returns the searches of a file. Raises ValueError for an unclear judgement."""
    file = tomllib.loads(text)
    return [
        Search(language, row["text"], row["about"], _grades(row, file["pages"]), row["tune"]) for row in file["search"]
    ]


def _grades(row: dict, pages: dict[str, str]) -> dict[str, int]:
    names = [(name, grade) for field, grade in GRADES.items() for name in row.get(field, ())]
    unknown = [name for name, _grade in names if name not in pages]
    grades = {pages[name]: grade for name, grade in names if name in pages}
    if unknown:
        raise ValueError(f"{row['text']}: no address in [pages] for {', '.join(unknown)}")
    if len(grades) < len(names):
        raise ValueError(f"{row['text']}: a page has two grades")
    if bool(grades) is row.get("nothing", False):
        raise ValueError(f"{row['text']}: needs graded pages or `nothing = true`, and not both")
    return grades


def ndcg(found: Sequence[str], grades: Mapping[str, int]) -> float:
    """Returns the normalized discounted cumulative gain of the first ten addresses, from 0 to 1 for the ideal order.

    The gain is 2^grade − 1 and the discount log2(rank + 1), as in C. Burges et al., “Learning to Rank using Gradient
    Descent”, ICML 2005; the measure is that of K. Järvelin and J. Kekäläinen, “Cumulated Gain-Based Evaluation of IR
    Techniques”, ACM TOIS 20(4), 2002. `grades` may not be empty. An address that is found twice counts once.
    """
    gained = [grades.get(address, 0) if address not in found[:rank] else 0 for rank, address in enumerate(found)]
    return _discounted(gained) / _discounted(sorted(grades.values(), reverse=True))


def _discounted(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 1) for rank, grade in enumerate(grades[:DEPTH], start=1))
