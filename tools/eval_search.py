"""`python -m tools.eval_search`: search quality on the demonstration, on SQLite and on PostgreSQL.

Prints nDCG@10 for each language, the searches with the lowest values, and those whose results differ between the
databases. Of held-out searches only the figure is printed; “new” are those whose text is not also a tuning search.
The databases are copies of the tests' demonstration, for PostgreSQL on the server of DATABASE_URL. `--tune` leaves out
PostgreSQL and the held-out searches.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from itertools import zip_longest
from pathlib import Path
from statistics import mean

from tools.searches import DEPTH, LANGUAGES, Search, ndcg, searches

TARGET = 0.95  # nDCG@10
MAX_INTRUDERS = 0.3  # share of the searches that nothing answers: pages may have their words in another sense
LISTED_SEARCHES = 15  # with the lowest nDCG
LISTED_RESULTS = 5  # of each
ROOT = Path(__file__).resolve().parents[1]
SETTINGS = "iom.settings.test"

Answers = list[list[str]]  # the addresses found for each search, the best first


def main() -> None:
    """Prints the figures. The exit status is 1 if `report` or `compare` returns False."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--tune", action="store_true", help="without PostgreSQL and without what is held out")
    tuning = arguments.parse_args().tune
    server = os.environ.get("DATABASE_URL", "")
    if not tuning and not server.startswith("postgres"):
        sys.exit("DATABASE_URL names no PostgreSQL server: use .ci/services, or --tune")
    judged = [search for search in searches() if search.tune or not tuning]
    answers = answers_of(judged, "")
    passed = report(judged, answers)
    if not tuning:
        passed = compare(judged, answers, answers_of(judged, server)) and passed
    sys.exit(not passed)


def report(judged: list[Search], answers: Answers) -> bool:
    """Prints the figures. Returns whether they reach their limits, TARGET and MAX_INTRUDERS."""
    answered = list(zip(judged, answers, strict=True))
    rated = [(ndcg(found, search.grades), search, found) for search, found in answered if search.grades]
    unanswerable = [(search, found) for search, found in answered if not search.grades]
    intruders = [(search, found) for search, found in unanswerable if found]
    figures = []
    opened = {(search.language, search.text) for search in judged if search.tune}
    print(f"{'nDCG@10':<10}{'searches':>9}{'tuned':>9}{'held out':>9}{'new':>9}")
    for language in LANGUAGES:
        tuned, held_out = (
            [value for value, search, _found in rated if search.language == language and search.tune is half]
            for half in (True, False)
        )
        new = [
            value
            for value, search, _found in rated
            if search.language == language and not search.tune and (language, search.text) not in opened
        ]
        row = [mean(values) if values else None for values in (tuned, held_out, new)]
        shown = "".join(f"{'–':>9}" if value is None else f"{value:>9.3f}" for value in row)
        print(f"{language:<10}{len(tuned + held_out):>9}{shown}")
        figures += [value for value in row[:2] if value is not None]
    print(f"\nThe worst {LISTED_SEARCHES} of those to which the engine may be adjusted")
    for value, search, found in sorted((row for row in rated if row[1].tune), key=lambda row: row[0])[
        :LISTED_SEARCHES
    ]:
        print(f"{value:.2f}  {name(search)} ({search.about})")
        for address in found[:LISTED_RESULTS]:
            print(f"      {search.grades.get(address, 0)} {address}")
        for address in missing(search, found):
            print(f"      {search.grades[address]} not found: {address}")
    print(f"\nSearches that nothing answers: {len(intruders)} of {len(unanswerable)} with results")
    for search, found in intruders:
        if search.tune:
            print(f"{name(search)}: {', '.join(found[:LISTED_RESULTS])}")
    return min(figures) >= TARGET and len(intruders) <= MAX_INTRUDERS * len(unanswerable)


def missing(search: Search, found: list[str]) -> Iterable[str]:
    """Yields the pages with the best grade that are not among the first ten."""
    best = max(search.grades.values())
    return (address for address, grade in search.grades.items() if grade == best and address not in found[:DEPTH])


def compare(judged: list[Search], on_sqlite: Answers, on_postgresql: Answers) -> bool:
    """Prints the searches whose results differ between the databases. Returns whether there are none."""
    different = [row for row in zip(judged, on_sqlite, on_postgresql, strict=True) if row[1] != row[2]]
    print(f"\nAnswers that differ between SQLite and PostgreSQL: {len(different)} of {len(judged)}")
    for search, *both in different:
        ranked = enumerate(zip_longest(*both), start=1)
        rank, (one, other) = next((rank, pair) for rank, pair in ranked if len(set(pair)) > 1)
        print(f"{name(search)}: {rank}. {one} on SQLite, {other} on PostgreSQL")
    return not different


def name(search: Search) -> str:
    return f"{search.language}, {'tuned' if search.tune else 'held out'}: {search.text}"


def answers_of(judged: list[Search], database_url: str) -> Answers:
    """Returns the answers on a temporary copy of the demonstration, on the server of `database_url` or on SQLite.

    This takes two processes: the settings read the address of a database once, and the first process creates it.
    """
    environment = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "CACHE_URL")}
    environment |= {"DJANGO_SETTINGS_MODULE": SETTINGS} | ({"DATABASE_URL": database_url} if database_url else {})
    queries = json.dumps([(search.language, search.text) for search in judged])
    done = subprocess.run(
        [sys.executable, "-c", "from tools import eval_search; eval_search.on_temporary_database()"],
        cwd=ROOT,
        env=environment,
        input=queries,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


def on_temporary_database() -> None:
    """Runs `answer` with a copy of the demonstration, on the database of the environment."""
    from iom.tests import databases  # it reads the settings, which the environment names only now

    demonstration = databases.demonstration()
    with (
        tempfile.TemporaryDirectory() as folder,
        databases.database(Path(folder) / "site", demonstration) as environment,
    ):
        subprocess.run(
            [sys.executable, "-c", "from tools import eval_search; eval_search.answer()"],
            cwd=ROOT,
            env=environment | {"DJANGO_SETTINGS_MODULE": SETTINGS},
            check=True,
        )


def answer() -> None:
    """Reads pairs of language and text from standard input, and writes the found addresses to standard output."""
    import django

    django.setup()
    from django.utils import translation

    from search import engine

    answers = []
    for language, text in json.load(sys.stdin):
        with translation.override(language):
            answers.append([result.url for result in engine.search(language, text).read()])
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
