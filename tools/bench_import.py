"""`python -m tools.bench_import [FILES …]`: prints files a second and peak memory of an import.

For each number, so many files are imported as drafts into a fresh site with the demonstration. Then pairs of original
and translation are imported and published, as many files as the smallest number.
"""

import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1_000, 10_000)


def manage(data: Path, *arguments: str) -> tuple[float, float, float]:
    """Runs manage.py in a process. Returns seconds by the clock, seconds of processor time, and peak memory in MB."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=os.environ | {"DATA_DIR": str(data)}, stderr=subprocess.DEVNULL)
    _pid, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    if status:
        raise SystemExit(f"{arguments[0]} ended with {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def write_captures(folder: Path, count: int) -> None:
    from newsroom.importing.tests import compose

    folder.mkdir()
    for number in range(count):
        text, expected = compose.compose(number)
        title = f"{expected['title']} {number}"
        (folder / f"{number:06}.txt").write_text(text.replace(expected["title"], title, 1), encoding="utf-8")


def write_pairs(folder: Path, count: int) -> Path:
    """Writes French captures and their translations, with a manifest that pairs them. Returns the manifest's path."""
    folder.mkdir()
    rows = []
    for number in range(count // 2):
        for language, words in (("fr", "Le texte"), ("en", "The text")):
            paragraphs = "\n\n".join(f"{words} {number}, {place}: " + f"{words} " * 25 for place in range(8))
            (folder / f"{number:06}-{language}.txt").write_text(
                f"{words} {number}\n\n{paragraphs}\n", encoding="utf-8"
            )
        rows.append(
            {"file": f"{number:06}-fr.txt", "locale": "fr", "date": "2001-05-01", "old_address": f"/a/{number}"}
        )
        rows.append({"file": f"{number:06}-en.txt", "locale": "en", "translation_of": f"{number:06}-fr.txt"})
    manifest = folder / "manifest.csv"
    with manifest.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, ["file", "locale", "date", "old_address", "translation_of"])
        table.writeheader()
        table.writerows(rows)
    return manifest


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iom.settings.test")
    django.setup()
    sizes = [int(size) for size in sys.argv[1:]] or SIZES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = folder / "site"
        manage(site, "migrate", "--verbosity", "0")
        manage(site, "demo", "--verbosity", "0")
        empty = folder / "none.txt"
        empty.write_text("Un titre\n\nUn paragraphe.\n", encoding="utf-8")
        start, busy, _memory = manage(site, "import_news", str(empty), "--dry-run", "--report", os.devnull)
        for size in sizes:
            write_captures(folder / f"captures-{size}", size)
            report(folder, site, f"drafts: {size} files", size, start, busy, str(folder / f"captures-{size}"))
        manifest = write_pairs(folder / "pairs", min(sizes))
        arguments = str(folder / "pairs"), "--manifest", str(manifest), "--publish"
        report(folder, site, f"published pairs: {min(sizes)} files", min(sizes), start, busy, *arguments)


def report(folder: Path, site: Path, what: str, size: int, start: float, busy: float, *arguments: str) -> None:
    """Imports into a copy of the site and prints the figures.

    `start`, `busy`: seconds before the first file, by the clock and of processor time. Processor time is more reliable
    on a busy machine.
    """
    copy = folder / "copy"
    shutil.copytree(site, copy)
    seconds, work, memory = manage(copy, "import_news", *arguments, "--report", os.devnull)
    rates = f"{size / (seconds - start):.0f} a second, {size / (work - busy):.0f} a second of the processor"
    print(f"{what}: {rates}, {seconds:.0f} s in all, at most {memory:.0f} MB", flush=True)
    shutil.rmtree(copy)


if __name__ == "__main__":
    main()
