"""`make weigh`: the weight of each page type on a phone's first visit, and its Lighthouse scores."""

import os
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from playwright.sync_api import sync_playwright

from iom.tests.addresses import LANGUAGES, NAMES, other_addresses
from iom.tests.serving import CHROMIUM_ARGUMENTS, Site, chromium, running
from tools.measuring import budgets, lighthouse
from tools.measuring.budgets import KB
from tools.measuring.visits import KINDS, Visit, addresses, first_visits

VISITED = [*NAMES, *other_addresses("fr")]
WIDTH = max(map(len, VISITED)) + 2
INTRODUCTION = f"""A phone's first visit, without scrolling: bytes on the wire, headers included, in KB of 1,024 bytes. The icon of the tab, the manifest
and the icon that it names are counted, though a private window would not ask for the last two. Budgets: an article {budgets.ARTICLE // KB} KB without
photos and the font ({budgets.FONT // KB} KB), in {budgets.ARTICLE_REQUESTS} requests where it has no photo; any other page {budgets.PAGE // KB} KB; all scripts together {budgets.SCRIPTS // KB} KB;
HTML before it is compressed: {", ".join(f"{name} {most // KB} KB" for name, most in budgets.MARKUP.items())}.
"""
LIGHTHOUSE_INTRODUCTION = """Lighthouse as a phone, the median of each figure over {} runs. Over loopback in HTTP/1.1, which it takes for secure. Its KB are more than
those above: its picture of the whole page loads what waits below.
"""
# Page → categories that do not apply to it: the search page is not for search engines.
EXAMINED = (
    "home", "section", "chart", "corrected article", "article", "index", "map", "press contacts", "country", "corrections",
)  # fmt: skip
LIGHTHOUSE: dict[str, set[str]] = {name: set() for name in EXAMINED} | {"search, found": {"seo"}}


def main(arguments: list[str]) -> int:
    options = parse(arguments)
    if chromium() is None:
        print("This needs Chromium. On Debian: apt-get install chromium")
        return 1
    if options.lighthouse and not lighthouse.PROGRAM.exists():
        print("Lighthouse is not installed: make checkers, or --no-lighthouse")
        return 1
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as site:
        over = weigh(site, options.pages)
        if options.lighthouse:
            examine(site, [name for name in LIGHTHOUSE if name in options.pages], options.runs)
    return 1 if over else 0


def parse(arguments: list[str]) -> Namespace:
    parser = ArgumentParser("make weigh ARGS=…", description=__doc__)
    parser.add_argument(
        "--pages", nargs="+", choices=VISITED, default=VISITED, metavar="PAGE", help=", ".join(VISITED)
    )
    parser.add_argument("--runs", type=int, default=5, help="the number of runs of Lighthouse for each page (5)")
    parser.add_argument("--no-lighthouse", dest="lighthouse", action="store_false", help="measures the weight only")
    parser.set_defaults(lighthouse=os.environ.get("CI") != "true")
    return parser.parse_args(arguments)


def weigh(site: Site, names: list[str]) -> list[str]:
    """Prints the table and everything that exceeds a budget or is a fault. Returns the latter."""
    print(INTRODUCTION)
    print(
        f"{'page':<{WIDTH}}{'':<4}{'requests':>9}", *(f"{kind:>8}" for kind in KINDS), f"{'budgeted':>10}{'total':>8}"
    )
    visits = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=CHROMIUM_ARGUMENTS)
        for visit in first_visits(browser, site, names):
            visits.append(visit)
            print(row(visit), flush=True)
        browser.close()
    over = [line for visit in visits for line in budgets.excess(visit)] + budgets.excess_of_scripts(visits)
    over += [fault for visit in visits for fault in visit.faults]
    print(
        "\nOver budget or not allowed:"
        if over
        else "\nNothing is over budget; no cookie; no request to another server.",
        *over,
        sep="\n",
    )
    return over


def row(visit: Visit) -> str:
    kinds = " ".join(f"{visit.size(kind) / KB:>8.1f}" for kind in KINDS)
    start = f"{visit.name:<{WIDTH}}{visit.language:<4}{len(visit.received):>9}"
    return f"{start} {kinds} {visit.without_font / KB:>10.1f}{visit.total / KB:>8.1f}"


def examine(site: Site, names: list[str], runs: int) -> None:
    """Prints Lighthouse's results, and below each page the audits that cost points."""
    print(f"\n{LIGHTHOUSE_INTRODUCTION.format(runs)}")
    columns = [*lighthouse.CATEGORIES.values(), *(column for column, _divisor, _style in lighthouse.FIGURES.values())]
    print(f"{'page':<{WIDTH}}{'':<4}", *(f"{column:>9}" for column in columns))
    for name in names:
        for language in LANGUAGES:
            result = lighthouse.measure(site.url + addresses(site, language)[name], runs, LIGHTHOUSE[name])
            print(f"{name:<{WIDTH}}{language:<4}", *columns_of(result), flush=True)
            for audit, title in result.losses.items():
                print(f"    {audit}: {title}")


def columns_of(result: lighthouse.Result) -> list[str]:
    scores = [f"{result.scores[one]:>9.0f}" if one in result.scores else f"{'–':>9}" for one in lighthouse.CATEGORIES]
    figures = lighthouse.FIGURES.items()
    return scores + [f"{result.figures[name] / divisor:>9{style}}" for name, (_, divisor, style) in figures]
