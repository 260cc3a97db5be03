"""`python -m tools.memory speed [pairs]`: how fast the translation memory answers; a section of docs/benchmarks.md.
`python -m tools.memory quality`: what it finds of texts that were changed; another.

On PostgreSQL where DATABASE_URL names a server, else on SQLite in `memory/` below DATA_DIR.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    what, *rest = sys.argv[1:] or ["speed"]
    folder = ROOT / os.environ.get("DATA_DIR", "var") / f"memory-{what}"
    if what == "quality":  # articles of an earlier run would be in the memory
        shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    os.environ |= {"DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "iom.settings.development"}
    commands = {"speed": [["migrate"]], "quality": [["migrate"], ["demo"]]}[what]
    for command in commands:
        subprocess.run([sys.executable, "manage.py", *command, "--verbosity", "0"], cwd=ROOT, check=True)
    django.setup()
    from tools.report import write_section

    if what == "speed":
        from tools.memory import speed

        write_section(speed.report(int(rest[0]) if rest else 1_000_000))
    else:
        from tools.memory import quality

        write_section(quality.report())


main()
