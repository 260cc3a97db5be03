"""Measures one database. Writes the names of all screens as a line of JSON; then, for each name of a screen that it reads
from a line of standard input, measures the screen and writes a line of JSON."""

import json
import logging
import random
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from math import ceil
from typing import Any
from urllib.parse import urlencode

import iom.wsgi  # noqa: F401  (prepares the process as in production)

# isort: split
from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Locale

from aboutus.models import WorkPage
from home.models import HomePage
from iom.contacts.models import Office
from iom.listing.reading import Selection, shown
from iom.reads.reading import most_read
from iom.users.models import User
from newsroom.feeds import views
from newsroom.models import NewsArticle, NewsIndex, TopicName
from search import engine
from search.paging import PER_PAGE
from tools.sizes import officers
from tools.sizes.screens import DEMANDING, PUBLICATION, SCREENS

LANGUAGE = "fr"
RECENT = 50  # articles in the news sitemap
Action = Callable[[], None]
RESULTS = 80  # of a rare word, as many as `search.engine` scores


def main() -> None:
    logging.disable(logging.CRITICAL)  # addresses that do not exist would be logged
    site, officers = screens()
    actions = site | officers
    _equalize_news_sitemap()
    _reply([list(site), list(officers)])
    for line in sys.stdin:
        _reply(measure(actions[line.strip()]))


def _reply(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def screens() -> tuple[dict[str, Action], dict[str, Action]]:
    """Returns the measured actions by name: those of the site, and those of officers."""
    values = placeholders()
    typed = demanding_searches()

    def action(address: str, account: str, status: int) -> Action:
        def get() -> None:
            response = client(account).get(address, follow=True)
            if response.status_code != status:
                raise RuntimeError(f"{address}: {response.status_code}")

        return get

    found = {one.name: action(one.address.format(**values), one.account, one.status) for one in SCREENS}
    theirs = {one.name: action(one.address, one.account, one.status) for one in officers.screens(values)}
    return found | {
        DEMANDING: lambda: action(f"{values['search']}?{urlencode({'q': next(typed)})}", "", 200)(),
        PUBLICATION: publish,
    }, theirs


@cache
def client(account: str) -> Any:
    made = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    if account:
        made.force_login(User.objects.get(email=f"{account}@example.org"))
    return made


def placeholders() -> dict[str, object]:
    """Returns the values of the placeholders in addresses, read from the database."""
    news = NewsIndex.objects.get(locale__language_code=LANGUAGE)
    last = ceil(shown(news.locale).filter(content_type__model="newsarticle").count() / PER_PAGE)
    article = demonstration_article()
    where = WorkPage.objects.get(locale__language_code=LANGUAGE, lists_countries=True)
    with translation.override(LANGUAGE):
        values = {"search": reverse("search"), "country": next(iter(where.own_routes()))}
    return values | {
        "home": HomePage.objects.get(locale__language_code=LANGUAGE).url,
        "news": news.url,
        "newsroom": news.pk,
        "english": news.get_translation(Locale.objects.get(language_code="en")).pk,
        "last": last,
        "fortieth": min(40, last),
        "article": article.url,
        "most_read": NewsArticle.objects.filter(translation_key=next(iter(most_read()))).order_by("pk")[0].pk,
        "where": where.url,
        "topic": TopicName.objects.get(language=LANGUAGE, topic=_topic(news.locale)).slug,
        "year": timezone.localdate().year - 2,
        "office": Office.objects.order_by("pk").values_list("pk", flat=True)[3],
        **_countries(news.locale),
        **_words(),
    }


def _topic(locale: Any) -> int:
    """Returns the key of the topic with most news, which fills a page."""
    numbers = Selection(locale, {"kind": ["news"]}).counts("topic")
    return int(max(numbers, key=lambda topic: numbers[topic]))


def _countries(locale: Any) -> dict[str, object]:
    """Returns the country, and the country with a year, that fill a page of the newsroom with the fewest results; and
    the country with the most results in one year."""
    everything = Selection(locale, {})
    numbers = everything.counts("country")
    years = {
        (country, year): number
        for country in numbers
        for year, number in everything.narrow({"country": [country]}).counts("year").items()
    }
    enough = min(PER_PAGE, max(numbers.values()) - 1)  # of few articles, no country fills a page
    seldom = min((number, country) for country, number in numbers.items() if number > enough)[1]
    most, (frequent, its_year) = max((number, place) for place, number in years.items())
    _few, (of_year, few_in) = min(
        (number, place) for place, number in years.items() if number > min(PER_PAGE, most - 1)
    )
    return {"seldom": seldom, "of_year": of_year, "few_in": few_in, "frequent": frequent, "its_year": its_year}


def _words() -> dict[str, str]:
    """Returns words of titles: one with about as many results as are scored, the same misspelt, and one of a single
    article."""
    articles = NewsArticle.objects.filter(locale__language_code=LANGUAGE).order_by("pk")[:200]
    words = dict.fromkeys(word for title in articles.values_list("title", flat=True) for word in title.split())
    numbers = {word: engine.count_matches(LANGUAGE, word) for word in words if len(word) > 6 and word.isalpha()}
    rare = min(numbers, key=lambda word: abs(numbers[word] - RESULTS))
    return {
        "rare": rare,
        "rarest": next(word for word, number in numbers.items() if number == 1),
        "misspelt": next(word for word in _misspelt(rare) if not engine.count_matches(LANGUAGE, word)),
    }


def _misspelt(word: str) -> Iterator[str]:
    """Yields the word with two letters swapped."""
    for place in range(3, len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _equalize_news_sitemap() -> None:
    """Makes the news sitemap list RECENT articles in each database. In two days, larger databases have more."""
    dates = NewsArticle.objects.live().order_by("-date").values_list("date", flat=True)
    views._NEWS_AGE = timezone.now() - dates[RECENT - 1]


def demonstration_article() -> Any:
    """Returns an article of the demonstration, the same in every database."""
    return NewsArticle.objects.get(pk=_demonstration_article_key())


@cache
def _demonstration_article_key() -> int:
    articles = NewsArticle.objects.filter(live=True, locale__language_code=LANGUAGE)
    return articles.order_by("pk").values_list("pk", flat=True)[0]


def demanding_searches() -> Iterator[str]:
    """Yields queries of up to twelve words of a release, most of which thousands of others have: as words, as phrases,
    unfinished, misspelt. A quarter are from its translation, so no page of the language has them.

    Each process yields the same queries.
    """
    rng = random.Random(500)  # noqa: S311
    texts = [
        one.get_search_content().text.split()
        for one in (demonstration_article(), demonstration_article().get_translations().get())
    ]

    def typed(word: str) -> str:
        place = rng.randrange(len(word))
        return rng.choice((word, word, word[: place + 1], word[:place] + word[place + 1 :]))

    while True:
        words = rng.choices(texts, weights=(3, 1))[0]
        start, number = rng.randrange(len(words)), rng.randint(1, 12)
        phrase = words[start : start + number]
        text = " ".join(rng.choice((phrase, rng.choices(words, k=number))))
        yield rng.choice((f'"{text}"', text, " ".join(map(typed, text.split()))))


def publish() -> None:
    """Publishes an article with another summary, and rolls back."""
    with transaction.atomic():
        article = demonstration_article()
        article.summary += "."
        article.save_revision().publish()
        transaction.set_rollback(True)


def measure(action: Callable[[], None]) -> dict[str, float]:
    """Returns milliseconds by the clock and of processor time, and the number of queries."""
    queries = 0

    def count(execute: Any, *args: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*args)

    with connection.execute_wrapper(count):
        wall, processor = time.perf_counter(), time.process_time()
        action()
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return {"wall": wall * 1000, "processor": processor * 1000, "queries": queries}


if __name__ == "__main__":
    main()
