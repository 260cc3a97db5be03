"""Writes docs/benchmarks.md, which has a section for each measurement. The measuring commands call `write_section`."""

import re
import sys
from pathlib import Path

REPORT = Path(__file__).resolve().parents[1] / "docs/benchmarks.md"
INTRODUCTION = """# Benchmarks

`make bench`, `make bench SIZES="1000 100000"`, `python -m tools.sizes 100 50000 --officers` and `python -m tools.measuring day` measure, and
write this file. Only the ratios say something about another machine.

"""


def write_section(text: str) -> None:
    """Prints a section and replaces the one with the same heading. Headings are compared up to the first comma."""
    sys.stdout.write(f"{text}\n")
    heading = text.splitlines()[0].partition(",")[0]
    kept = REPORT.read_text() if REPORT.exists() else ""
    sections = [
        part for part in re.split(r"(?m)^(?=## )", kept) if part.startswith("## ") and not part.startswith(heading)
    ]
    REPORT.write_text(
        INTRODUCTION + "\n".join(sorted([*(part.strip() + "\n" for part in sections), text.strip() + "\n"]))
    )
