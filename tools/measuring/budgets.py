"""Budgets for the weight of a first visit: bytes on the wire, headers included, and bytes of HTML. 1 KB is 1,024 bytes."""

from iom.tests.addresses import ARTICLES
from tools.measuring.visits import Visit

KB = 1024
ARTICLE = 30 * KB  # without photos and font
PAGE = 45 * KB  # any other page, without photos and font
FONT = 13 * KB
ARTICLE_REQUESTS = 8  # of an article without photos
SCRIPTS = 5 * KB  # all scripts of the site together
MARKUP = {"home": 40 * KB, "index": 30 * KB}  # uncompressed HTML


def kilobytes(size: int) -> str:
    return f"{size / KB:.1f} KB"


def excess(visit: Visit) -> list[str]:
    """Returns a line for each exceeded budget, then the responses, heaviest first. Empty if no budget is exceeded."""
    is_article = visit.name in ARTICLES
    budget = ARTICLE if is_article else PAGE
    over = []
    if visit.without_font > budget:
        over.append(f"{kilobytes(visit.without_font)} without photos and font, budget {kilobytes(budget)}")
    if visit.size("font") > FONT:
        over.append(f"{kilobytes(visit.size('font'))} of fonts, budget {kilobytes(FONT)}")
    if is_article and not visit.size("photos") and len(visit.received) > ARTICLE_REQUESTS:
        over.append(f"{len(visit.received)} requests, budget {ARTICLE_REQUESTS}")
    if visit.markup > MARKUP.get(visit.name, visit.markup):
        over.append(f"{kilobytes(visit.markup)} of HTML, budget {kilobytes(MARKUP[visit.name])}")
    if not over:
        return []
    heaviest = sorted(visit.received, key=lambda one: one.size, reverse=True)
    return [
        *(f"{visit.name} ({visit.language}): {one}" for one in over),
        *(f"  {kilobytes(one.size):>9}  {one.kind:<8}{one.address}" for one in heaviest if one.kind != "photos"),
    ]


def excess_of_scripts(visits: list[Visit]) -> list[str]:
    """Returns the scripts of all visits, each counted once, if together they exceed their budget."""
    scripts = {one.address: one.size for visit in visits for one in visit.received if one.kind == "js"}
    total = sum(scripts.values())
    if total <= SCRIPTS:
        return []
    return [
        f"JavaScript: {kilobytes(total)}, budget {kilobytes(SCRIPTS)}",
        *(f"  {kilobytes(size):>9}  {address}" for address, size in scripts.items()),
    ]
