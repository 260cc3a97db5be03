"""`python -m tools.eval_import [INPUTS]`: accuracy of the import for each field, then a run over mangled inputs.

Accuracy is measured on the test set and on texts composed at random. No mangled input may lose a word.
"""

import os
import sys
import time

import django

COMPOSED = 2000


def main() -> None:
    """Prints the figures. The exit status is 1 if a text of the set has an error or a mangled input lost a word."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iom.settings.test")
    django.setup()
    from newsroom.importing.tests import compose, contact_lines, mangle, texts

    sets: dict[str, list[dict[str, str]]] = {"all": []}
    for text in texts.texts():
        wrong = texts.mismatches(text.release(), text.expected)
        for name in ("all", text.expected["locale"]):
            sets.setdefault(name, []).append(wrong)
        for field, value in wrong.items():
            print(f"{text.name}: {field}: {value}")
    print(f"{'':12}" + "".join(f"{name:>18}" for name in sets))
    for field in texts.FIELDS:
        right = {name: sum(field not in wrong for wrong in results) for name, results in sets.items()}
        cells = (f"{right[name]}/{len(results)} {right[name] / len(results):6.1%}" for name, results in sets.items())
        print(f"{field:12}" + "".join(f"{cell:>18}" for cell in cells))
    composed = [texts.mismatches(*compose.read(seed)) for seed in range(COMPOSED)]
    rates = (f"{field} {sum(field not in wrong for wrong in composed) / COMPOSED:.1%}" for field in texts.FIELDS[:-1])
    print(f"composed: {COMPOSED} texts: {', '.join(rates)}")
    read = contact_lines.results()
    print(f"contact lines: {read.total()}: {', '.join(f'{count} {what}' for what, count in sorted(read.items()))}")
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    start = time.perf_counter()
    failures = mangle.failures(count)
    seconds = time.perf_counter() - start
    print(f"mangled: {count} inputs, {len(failures)} failures, {count / seconds:.0f} a second")
    for failure in failures[:20]:
        print(failure)
    sys.exit(bool(failures or any(sets["all"]) or read[contact_lines.WRONG]))


if __name__ == "__main__":
    main()
