"""Measures the time of one look-up in a translation memory with a given number of pairs."""

import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import batched, cycle, islice

from django.db import connection, transaction
from wagtail.models import Locale

from iom.translation.memory import concordance, entries, lookup, tokenization
from iom.translation.memory.concordance import ConcordanceQuery
from iom.translation.memory.entries import Pair
from iom.translation.models import MemoryArchive, MemoryEntry
from tools.memory.texts import STANDARD, Writer

SEED, OTHER_SEED, MORE_SEED = 1, 2, 3
ARCHIVE, BATCH, IMPORTED = "Measured", 5000, 5000
ENTRY = (
    "INSERT INTO translation_memoryentry (source_locale_id, target_locale_id, key, field_path, path, source, target, tokens, "
    "archive_id) VALUES (%s, %s, %s, '', '', %s, %s, %s, %s)"
)
ROUNDS, WARM_UP = 100, 10
Act = Callable[[str], object]


def fill(number: int) -> None:
    """Adds `number` pairs to an archive, as an import does, but counts the grams in the memory of this process."""
    source, target = _languages()
    archive, _created = MemoryArchive.objects.get_or_create(name=ARCHIVE)
    counts, texts = Counter[int](), Counter[int]()
    made = Writer(SEED).passages(number)
    for batch in batched(made, BATCH):
        rows, grams = [], []
        for one in batch:
            row = entries.build_entry(Pair(source, target, *one))
            texts[row.key] += 1
            if texts[row.key] <= entries.MAX_ENTRIES_PER_TEXT:
                rows.append((source.pk, target.pk, row.key, row.source, row.target, row.tokens, archive.pk))
            if texts[row.key] == 1:
                found = dict(tokenization.hash_grams(row.source, source, target))
                grams += [(gram, row.key) for gram in entries.select_grams(found, counts)]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(ENTRY, rows)
            cursor.executemany("INSERT INTO translation_memorygram (gram, key) VALUES (%s, %s)", grams)


def import_more() -> float:
    """Imports more pairs into the filled memory. Returns pairs a second."""
    source, target = _languages()
    archive = MemoryArchive.objects.create(name=ARCHIVE)
    more = [Pair(source, target, *one) for one in Writer(MORE_SEED).passages(IMPORTED)]
    began = time.monotonic()
    entries.import_pairs(archive, more)
    return IMPORTED / (time.monotonic() - began)


def _languages() -> tuple[Locale, Locale]:
    source, target = (Locale.objects.get_or_create(language_code=code)[0] for code in ("fr", "en"))
    return source, target


def _settle() -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def megabytes() -> dict[str, float]:
    """Returns the size on disk, by table with its indexes."""
    tables = {"entries": "translation_memoryentry", "grams": "translation_memorygram"}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sizes = {}
            for name, table in tables.items():
                cursor.execute("SELECT pg_total_relation_size(%s::regclass)", [table])
                sizes[name] = cursor.fetchone()[0] / 1e6
            return sizes
        cursor.execute("PRAGMA page_count")
        count = cursor.fetchone()[0]
        cursor.execute("PRAGMA page_size")
        return {"the whole database": count * cursor.fetchone()[0] / 1e6}


def figures() -> dict[str, tuple[float, float, float]]:
    """Returns the median, the 95th percentile and the maximum in milliseconds, by kind of look-up."""
    source, target = _languages()
    pair = tokenization.language_pair(source, target)
    known = list(islice((one for one in Writer(SEED).passages(3000) if one not in STANDARD), 0, 2000, 20))
    new = Writer(OTHER_SEED)

    def offers(text: str) -> object:
        return lookup.find_matches(text, source, target)

    def current(text: str) -> object:
        return lookup.current_entries([tokenization.text_key(text, pair)])

    def search(text: str) -> object:
        return concordance.search(ConcordanceQuery(text))

    closely = [text.replace(" a ", " avait ", 1) + " " + new.sentence()[0] for text, _english in known]
    lookups: dict[str, tuple[Act, list[str]]] = {
        "same text": (offers, [text for text, _english in known]),
        "same text, to fill in a passage": (current, [text for text, _english in known]),
        "standard text": (offers, [text for text, _english in STANDARD]),
        "a sentence added, a word changed": (offers, closely),
        "another figure, one short sentence": (offers, [new.sentence()[0] for _one in known]),
        "a long text (20 sentences)": (offers, [" ".join(new.sentence()[0] for _n in range(20)) for _one in known]),
        "two words": (offers, ["Centre d’accueil", "Prix Nansen"]),
        "nothing alike": (offers, [f"Zèbre hexagonal {n} murmure" for n in range(50)]),
        "search: a rare word": (search, [new.passage()[0].split()[-1].strip(".,") for _one in known]),
        "search: the commonest word": (search, ["personnes", "displaced", "OIM"]),
        "search: three common words": (search, ["familles personnes temporaires", "people live Government"]),
        "search: a common phrase": (search, ['"temporary sites"', '"familles déplacées"']),
        "search: a rare phrase of common words": (
            search,
            ['"families people"', '"Government bridges"', '"dollars sites"'],
        ),
    }
    return {name: _time(act, cycle(texts)) for name, (act, texts) in lookups.items()}


def _time(act: Act, texts: Iterator[str]) -> tuple[float, float, float]:
    taken = []
    for number, text in enumerate(islice(texts, WARM_UP + ROUNDS)):
        began = time.perf_counter()
        act(text)
        if number >= WARM_UP:
            taken.append((time.perf_counter() - began) * 1000)
    taken.sort()
    return statistics.median(taken), taken[int(len(taken) * 0.95)], taken[-1]


def report(number: int = 1_000_000) -> str:
    """Fills the memory if it has fewer pairs, and measures. Returns a section of docs/benchmarks.md."""
    vendor = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    if MemoryEntry.objects.count() < number // 2:
        fill(number)
        _settle()
    rate = import_more()
    sizes = ", ".join(f"{name} {size:,.0f} MB" for name, size in megabytes().items())
    lines = [
        f"## Translation memory on {vendor}, with {number:,} pairs",
        "",
        f"Milliseconds a passage, of {ROUNDS}: each look-up with its entries, pages and differences. "
        f"On disk: {sizes}. {rate:,.0f} more pairs are imported a second. A text keeps its newest {entries.MAX_ENTRIES_PER_TEXT} entries.",
        "",
        "| Asked | median | worst of 20 | worst |",
        "|---|--:|--:|--:|",
        *(
            f"| {name} | {middle:.1f} | {late:.1f} | {worst:.1f} |"
            for name, (middle, late, worst) in figures().items()
        ),
    ]
    return "\n".join(lines)
