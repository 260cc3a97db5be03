"""Compiles the catalogues beside this file with polib, so that setting up needs no gettext."""

from pathlib import Path

import polib

for catalogue in sorted(Path(__file__).parent.glob("*/LC_MESSAGES/*.po")):
    polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))
