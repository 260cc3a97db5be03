"""Measures the translation memory; each command writes a section of docs/benchmarks.md.

`python -m tools.memory speed [pairs]`: the time of look-ups. `python -m tools.memory quality`: matches for changed
texts. On PostgreSQL if DATABASE_URL names a server, else on SQLite in `memory-…/` below DATA_DIR.
"""

import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import django

from tools.report import write_section

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    what, *rest = sys.argv[1:] or ["speed"]
    folder = ROOT / os.environ.get("DATA_DIR", "var") / f"memory-{what}"
    if what == "quality":  # articles of an earlier run would be in the memory
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "iom.settings.development"}
    for command in ["migrate"] if what == "speed" else ["migrate", "demo"]:
        subprocess.run([sys.executable, "manage.py", command, "--verbosity", "0"], cwd=ROOT, check=True)
    django.setup()
    write_section(import_module(f"tools.memory.{what}").report(*map(int, rest)))


main()
