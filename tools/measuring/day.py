"""`python -m tools.measuring day`: the share of a day's reads that need no rendering; a section of docs/benchmarks.md.

Simulates the second day of a newsroom of 100,000 articles, with three rules for how long a cached page is valid: while
nothing on the site has changed (one version); while no article with one of its topics or countries is published;
while it would look the same, which `iom.caching.revalidation` finds out. The most-read lists change with each
publication under all three rules. The other lists are of one country.
"""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from itertools import accumulate
from random import Random

from iom.listing.reading import RECENT
from newsroom.models.article import MAX_RELATED
from tools.report import write_section

ARTICLES = 100_000
PUBLICATIONS = 50  # a day
CHANGES = 5  # of the database for each publication: draft, picture, publication, renditions, press archive
READS = 1_000_000  # a day
LISTS = 300  # home pages, newsrooms, feeds, countries, ranked by their readers
LISTS_OF_ALL = 30  # of these, the lists with articles of all countries
READS_OF_LISTS = 0.4  # share of all reads
LATEST = 100  # articles, which most readers come for
COUNTRIES, TOPICS = 200, 12
WEIGHTS = {"topic": 2, "country": 1}  # of newsroom.models.article
MILLISECONDS = 5  # of processor time, to render a page
SEED = 20261127
RULES = ("one version", "topics and countries", "looks the same")

Facet = tuple[str, int]


def zipf(number: int, exponent: float = 1.0) -> list[float]:
    """Returns cumulative weights of ranks: https://en.wikipedia.org/wiki/Zipf%27s_law"""
    return list(accumulate((rank + 1) ** -exponent for rank in range(number)))


class Newsroom:
    def __init__(self, random: Random) -> None:
        self._random = random
        self._countries = zipf(COUNTRIES, 0.7)
        self.articles: list[frozenset[Facet]] = []  # the oldest first
        self._by_facet: dict[Facet, list[int]] = defaultdict(list)
        self.published: dict[Facet, int] = {
            ("country", key): -1 for key in range(COUNTRIES)
        }  # when an article with the facet was last published
        for _ in range(ARTICLES):
            self.publish(-1)

    def publish(self, moment: int) -> None:
        draw = self._random
        countries = draw.choices(range(COUNTRIES), cum_weights=self._countries, k=draw.choice([1, 1, 1, 2, 3]))
        topics = draw.sample(range(TOPICS), draw.choice([1, 1, 2]))
        facets = frozenset([("topic", key) for key in topics] + [("country", key) for key in countries])
        for facet in facets:
            self._by_facet[facet].append(len(self.articles))
            self.published[facet] = moment
        self.articles.append(facets)

    def related(self, article: int) -> tuple[int, ...]:
        """Returns the same articles as `iom.listing.reading.related`."""
        scores: Counter[int] = Counter()
        for facet in self.articles[article]:
            for other in self._by_facet[facet][-RECENT:]:
                scores[other] += WEIGHTS[facet[0]]
        scores.pop(article, None)
        return tuple(sorted(scores, key=lambda other: (scores[other], other), reverse=True)[:MAX_RELATED])


def draw_mostly_latest(random: Random, older: float) -> Callable[[], int]:
    """Returns a function that draws the age of a read article, as a number of newer articles.

    The age is among the LATEST, except for the share `older` of all reads, whose articles are equally likely.
    """
    weights = zipf(LATEST)
    share = older / (1 - READS_OF_LISTS)
    return lambda: (
        random.randrange(ARTICLES)
        if random.random() < share
        else random.choices(range(LATEST), cum_weights=weights)[0]
    )


def draw_by_rank(random: Random, exponent: float) -> Callable[[], int]:
    weights = zipf(ARTICLES, exponent)
    return lambda: bisect(weights, random.random() * weights[-1])


def simulate_days(random: Random, age: Callable[[], int]) -> list[float]:
    """Simulates two days. Returns the share of reads from the cache on the second day, by rule."""
    newsroom, lists = Newsroom(random), zipf(LISTS)
    rendered: list[dict[int, object]] = [{} for _ in RULES]
    hits = Counter[int]()
    each = READS // PUBLICATIONS
    for number in range(2 * READS):
        published, changed = number // each, number // (each // CHANGES)
        if number % each == 0:
            newsroom.publish(published)
        if random.random() < READS_OF_LISTS:
            rank = random.choices(range(LISTS), cum_weights=lists)[0]
            page, country = -1 - rank, ("country", rank % COUNTRIES)
            last = published if rank < LISTS_OF_ALL else newsroom.published[country]
            shows: list[object] = [changed, last, last]
        else:
            page = len(newsroom.articles) - 1 - age()
            last = max(newsroom.published[facet] for facet in newsroom.articles[page])
            shows = [changed, last, newsroom.related(page)]
        for rule, kept in enumerate(rendered):
            hits[rule] += number >= READS and kept.get(page) == shows[rule]
            kept[page] = shows[rule]
    return [hits[rule] / READS for rule in range(len(RULES))]


def rows() -> Iterator[str]:
    yield f"| Of the articles that are read | {' | '.join(RULES)} |\n|---|{'--:|' * len(RULES)}"
    for name, age in (
        (
            "5 % of all reads: any of 100,000 alike; else of the latest 100",
            lambda draw: draw_mostly_latest(draw, 0.05),
        ),
        ("25 % of all reads: any alike; else of the latest 100", lambda draw: draw_mostly_latest(draw, 0.25)),
        ("all, by rank to the power of −1", lambda draw: draw_by_rank(draw, 1.0)),
        ("all, by rank to the power of −0.8", lambda draw: draw_by_rank(draw, 0.8)),
    ):
        random = Random(SEED)  # noqa: S311
        shares = simulate_days(random, age(random))
        cells = [f"{share:.1%} ({(1 - share) * READS * MILLISECONDS / 1000 / 60:.0f} min)" for share in shares]
        yield f"| {name} | {' | '.join(cells)} |"


def main(_arguments: list[str]) -> None:
    write_section(f"{HEADING}\n\n{INTRODUCTION}\n" + "\n".join(rows()) + f"\n\n{CONCLUSION}")


HEADING = "## A day of a newsroom, simulated"
INTRODUCTION = f"""`python -m tools.measuring day`: {PUBLICATIONS} publications of {CHANGES} changes each, {READS:,} reads, {READS_OF_LISTS:.0%} of them of {LISTS} lists, the others of
{ARTICLES:,} articles. The share of reads that need no rendering, for three rules of when a kept page counts, and the
processor's minutes a day for the others, at {MILLISECONDS} ms each: while nothing has changed (one content version); while nothing is
published with one of the article's topics or countries; while the page would look the same (what the site does: it
compares the answers to the page's queries, in about 0.7 ms).
"""
CONCLUSION = """Where old articles are read much, 95 % cannot be had by any rule: each is read first once, and what is related to it
does change.
"""
