"""`python -m tools.eval_checks`: how many seeded faults the checks of translations find, and how many false alarms they
raise for correct translations. `--tune` leaves out the held-out half."""

import argparse
import os
import sys
from collections import Counter
from collections.abc import Sequence

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iom.settings.test")
django.setup()

from iom.checks import typography  # noqa: E402
from iom.translation.checks import registry  # noqa: E402
from iom.translation.checks.registry import Pair, PairFinding  # noqa: E402
from iom.translation.glossary import files  # noqa: E402
from iom.translation.glossary.matching import Entry, Glossary  # noqa: E402
from iom.translation.management.commands.load_glossary import OWN  # noqa: E402
from tools import translations  # noqa: E402
from tools.report import write_section  # noqa: E402
from tools.translations import faults  # noqa: E402

ARTICLES, FAULTS = 200, 300  # in both halves together
HEAD = """## Checks of translations, faults that they find

`make eval-checks` puts one fault after the other into correct translations: figures, dates, amounts, names, addresses, marks, text left in the
original language, terms. A false alarm is what is found in a correct one.

| half | faults found | | correct articles | false alarms in each |
|---|---:|---:|---:|---:|"""
MIN_FOUND, MAX_ALARMS = 0.95, 2.0  # share of faults, and false alarms an article


def glossary() -> Glossary:
    """Returns the organization's glossary, read without a database."""
    rows = files.read(OWN.name, OWN.read_bytes())
    return Glossary([Entry(number, row) for number, row in enumerate(rows)])


def findings_in(pairs: Sequence[Pair]) -> list[PairFinding]:
    found = list(registry.run(pairs))
    for pair in pairs:
        if pair.target_language == "fr" and list(typography.corrections(pair.target)):
            found.append(PairFinding("French typography", pair.target, code="typography", pair=pair))
    return found


def evaluate(
    held_out: bool, articles: int, number: int
) -> tuple[Counter[str], Counter[str], list[PairFinding], list[str]]:
    """Returns, by kind, the seeded faults and the found ones; the false alarms; and the texts of missed faults."""
    terms = glossary()
    texts = translations.articles(articles, held_out, terms)
    alarms = [one for text in texts for one in findings_in(text)]
    there: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    lost = []
    for name, pairs, at in faults.seed_faults(texts, number, terms):
        there[name] += 1
        if any(one.pair is pairs[at] for one in findings_in(pairs)):
            seen[name] += 1
        else:
            lost.append(f"{name}: {pairs[at].source}\n    {pairs[at].target}")
    return there, seen, alarms, lost


def main() -> None:
    """Prints the figures and writes them into docs/benchmarks.md. The exit status is 1 if one misses its target."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tune", action="store_true", help="without what is held out; writes nothing")
    arguments.add_argument("--show", action="store_true", help="each false alarm, and each fault that is not found")
    options = arguments.parse_args()
    lines, is_good = [], True
    for held_out in (False,) if options.tune else (False, True):
        there, seen, alarms, lost = evaluate(held_out, ARTICLES // 2, FAULTS // 2)
        rate, each = seen.total() / there.total(), len(alarms) / (ARTICLES // 2)
        is_good = is_good and rate >= MIN_FOUND and each <= MAX_ALARMS
        half = "held out" if held_out else "adjusted to"
        lines.append(f"| {half} | {seen.total()} of {there.total()} | {rate:.1%} | {ARTICLES // 2} | {each:.2f} |")
        if options.show and not held_out:
            print_details(alarms, lost)
    report = "\n".join([HEAD, *lines])
    if options.tune:
        print(report)
    else:
        write_section(report)
    sys.exit(not is_good)


def print_details(alarms: list[PairFinding], lost: list[str]) -> None:
    messages = Counter(f"{one.code}: {one.message} [{one.pair.source[:90] if one.pair else ''}]" for one in alarms)
    for text, count in messages.most_common():
        print(f"{count} x {text}")
    print("Not found:", *lost, sep="\n")


if __name__ == "__main__":
    main()
