"""`python -m tools.sizes SIZES …`: measures the screens at each number of articles; two sections of docs/benchmarks.md.
`--officers`: the screens of officers alone.

On PostgreSQL if DATABASE_URL names a server, else on SQLite. Each size has its own database (on SQLite kept in `sizes/`
below DATA_DIR) and its own process. The processes take turns, so that other load on the machine affects all alike.
"""

import json
import os
import re
import secrets
import statistics
import subprocess
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

from tools.report import write_section
from tools.sizes.screens import DEMANDING, PUBLICATION

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / os.environ.get("DATA_DIR", "var") / "sizes"
ROUNDS, WARM_UP = 30, 2
OFFICERS_ROUNDS = 5  # fewer, since there are many of these screens
SEARCH_ROUNDS = 500  # of demanding searches
APART = (DEMANDING, PUBLICATION)  # one has more rounds; after the other, what is kept of content is read again
SERVER = os.environ.get("DATABASE_URL", "")
VENDOR = "PostgreSQL" if SERVER else "SQLite"
ADDRESS = re.compile(r"(?m)^\| (\S+): (?!dashboard)([^ ,|]+)")  # an address in a row, which becomes code
OFFICERS = """Beside the articles, each database has the same current work: 12 texts published on each of the last 42 days, 50 and more in
every other state, reads by day. What nobody finishes, such as old drafts, grows with the archive: a text in a hundred.
So do scheduled texts, of which the calendar shows the first ones of each day.
"""


def environment(place: int, size: int) -> dict[str, str]:
    """Returns the environment of a process that serves the site with `size` articles, as in production."""
    chosen = {
        "DJANGO_SETTINGS_MODULE": "iom.settings.production",
        "REQUIRE_SECOND_FACTOR": "nobody",
        "SEARCHES_PER_MINUTE": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DEMO_PASSWORD": secrets.token_urlsafe(16),
        "SITE_URL": "http://127.0.0.1:8000",
        "STATIC_DIR": str(FOLDER / "static"),
        "DATA_DIR": str(FOLDER / f"{VENDOR.lower()}-{size}"),
    }
    if SERVER:
        chosen["DATABASE_URL"] = urlsplit(SERVER)._replace(path=f"/articles_{size}").geturl()
    if cache := os.environ.get("CACHE_URL"):
        chosen["CACHE_URL"] = urlsplit(cache)._replace(path=f"/{place + 1}").geturl()
    return os.environ | chosen


def prepare(size: int, variables: dict[str, str]) -> None:
    """Creates the database with `size` articles unless it exists."""
    Path(variables["DATA_DIR"]).mkdir(parents=True, exist_ok=True)
    if SERVER:
        with psycopg.connect(SERVER, autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [f"articles_{size}"]).fetchone():
                connection.execute(f"CREATE DATABASE articles_{size}")  # type: ignore[arg-type]
    for command in (["collectstatic", "--no-input"], ["migrate"], ["demo", "--articles", str(size)], ["pictures"]):
        arguments = [sys.executable, "manage.py", *command, "--verbosity", "0"]
        subprocess.run(arguments, cwd=ROOT, env=variables, check=True)
    if SERVER:  # autovacuum would do it later
        with psycopg.connect(variables["DATABASE_URL"], autocommit=True) as connection:
            connection.execute("VACUUM (ANALYZE)")


class Worker:
    """The process that measures one size."""

    def __init__(self, variables: dict[str, str]) -> None:
        process = subprocess.Popen(
            [sys.executable, "-m", "tools.sizes.worker"],
            cwd=ROOT,
            env=variables,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.input: Any = process.stdin  # closed when this process ends, which ends the worker
        self.output: Any = process.stdout
        self.names: list[list[str]] = self.read_reply()

    def measure(self, name: str) -> dict[str, float]:
        self.input.write(f"{name}\n")
        self.input.flush()
        return self.read_reply()

    def read_reply(self) -> Any:
        answer = self.output.readline()
        if not answer:
            raise SystemExit("A screen could not be measured: see above")
        return json.loads(answer)


@dataclass(frozen=True)
class Figures:
    """Figures of one screen at one size: medians, and the worst time by the clock."""

    queries: int
    wall: float
    worst: float
    processor: float

    def __str__(self) -> str:
        return f"{self.queries} | {self.wall:.1f} | {self.worst:.1f} | {self.processor:.1f}"


def figures(measured: list[dict[str, float]]) -> Figures:
    walls = [one["wall"] for one in measured]
    processor = statistics.median(one["processor"] for one in measured)
    return Figures(int(measured[-1]["queries"]), statistics.median(walls), max(walls), processor)


def measure_table(workers: dict[int, Worker], names: list[str], rounds: int) -> list[str]:
    """Measures the screens. Returns the introduction and the lines of the table.

    They take turns, since the machine's speed varies and the screens are also compared with each other.
    """
    sizes = list(workers)
    columns = "".join(f"{size:,}: queries | median | worst | processor | " for size in sizes)
    of_searches = f" ({SEARCH_ROUNDS} of demanding searches)" if DEMANDING in names else ""
    lines = [
        f"Milliseconds of {rounds} requests{of_searches} to Django, for which screens and databases take turns: the median and the worst by",
        "the clock, the median of the processor. The ratios are of the last to the first in the same turn, the median, by the clock and the",
        "processor.\n",
        f"| | {columns}ratio | processor |",
        "|---|" + "--:|" * (4 * len(sizes) + 2),
    ]
    answers: dict[tuple[str, int], list[dict[str, float]]] = {(name, size): [] for name in names for size in sizes}
    together = [name for name in names if name not in APART]
    for group in (together, *([name] for name in names if name in APART)):
        for _round in range(WARM_UP + (SEARCH_ROUNDS if group == [DEMANDING] else rounds)):
            for name, size in product(group, sizes):
                answers[name, size].append(workers[size].measure(name))
    for name in names:
        found = [figures(answers[name, size][WARM_UP:]) for size in sizes]
        first, last = answers[name, sizes[0]][WARM_UP:], answers[name, sizes[-1]][WARM_UP:]
        by_clock, of_processor = (
            statistics.median(after[clock] / before[clock] for before, after in zip(first, last, strict=True))
            for clock in ("wall", "processor")
        )
        lines.append(f"| {name} | {' | '.join(map(str, found))} | {by_clock:.2f} | {of_processor:.2f} |")
    return lines


def main() -> None:
    parser = ArgumentParser()
    parser.add_argument("sizes", type=int, nargs="+")
    parser.add_argument("--officers", action="store_true")
    chosen = parser.parse_args()
    variables = {size: environment(place, size) for place, size in enumerate(chosen.sizes)}
    for size in chosen.sizes:
        prepare(size, variables[size])
    workers = {size: Worker(variables[size]) for size in chosen.sizes}
    site, officers = (
        [name for name in names if all(name in worker.names[group] for worker in workers.values())]
        for group, names in enumerate(workers[chosen.sizes[0]].names)
    )
    if not chosen.officers:
        heading = f"## Articles on {VENDOR}, and how many there are\n"
        write_section("\n".join([heading, *measure_table(workers, site, ROUNDS)]))
    heading = f"## Officers' screens on {VENDOR}, and how many articles there are\n"
    table = "\n".join([heading, OFFICERS, *measure_table(workers, officers, OFFICERS_ROUNDS)])
    write_section(ADDRESS.sub(r"| \1: `\2`", table))


if __name__ == "__main__":
    main()
