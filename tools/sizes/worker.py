"""Measures one database: writes the names of all screens as a line of JSON; then reads the name of a screen from each
line of its input, and answers with a line of JSON."""

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
RECENT = 50  # articles in the sitemap of news
Action = Callable[[], None]
RESULTS = 80  # of a rare word: as many as search compares


def main() -> None:
    logging.disable(logging.CRITICAL)  # of addresses that are not found
    site, officers = screens()
    actions = site | officers
    _as_much_news()
    _answer([list(site), list(officers)])
    for line in sys.stdin:
        _answer(measure(actions[line.strip()]))


def _answer(said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def screens() -> tuple[dict[str, Action], dict[str, Action]]:
    """By name what is done while the time is taken: of the site, and of officers."""
    known = places()
    typed = demanding_searches()

    def action(address: str, account: str, status: int) -> Action:
        def get() -> None:
            response = client(account).get(address, follow=True)
            if response.status_code != status:
                raise RuntimeError(f"{address}: {response.status_code}")

        return get

    found = {one.name: action(one.address.format(**known), one.account, one.status) for one in SCREENS}
    theirs = {one.name: action(one.address, one.account, one.status) for one in officers.screens(known)}
    return found | {
        DEMANDING: lambda: action(f"{known['search']}?{urlencode({'q': next(typed)})}", "", 200)(),
        PUBLICATION: publish,
    }, theirs


@cache
def client(account: str) -> Any:
    made = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    if account:
        made.force_login(User.objects.get(email=f"{account}@example.org"))
    return made


def places() -> dict[str, object]:
    """What the addresses name, read from the database."""
    news = NewsIndex.objects.get(locale__language_code=LANGUAGE)
    last = ceil(shown(news.locale).filter(content_type__model="newsarticle").count() / PER_PAGE)
    article = demonstrated()
    where = WorkPage.objects.get(locale__language_code=LANGUAGE, lists_countries=True)
    with translation.override(LANGUAGE):
        known = {"search": reverse("search"), "country": next(iter(where.own_routes()))}
    return known | {
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
    """The key of that with most news, which fills a page."""
    numbers = Selection(locale, {"kind": ["news"]}).counts("topic")
    return int(max(numbers, key=lambda topic: numbers[topic]))


def _countries(locale: Any) -> dict[str, object]:
    """Those that fill a page of the newsroom and have the fewest results, in one year too; and the one that has most
    in one year."""
    everything = Selection(locale, {})
    numbers = everything.counts("country")
    years = {
        (country, year): number
        for country in numbers
        for year, number in everything.narrowed({"country": [country]}).counts("year").items()
    }
    enough = min(PER_PAGE, max(numbers.values()) - 1)  # of few articles, no country fills a page
    seldom = min((number, country) for country, number in numbers.items() if number > enough)[1]
    most, (frequent, its_year) = max((number, place) for place, number in years.items())
    _few, (of_year, few_in) = min(
        (number, place) for place, number in years.items() if number > min(PER_PAGE, most - 1)
    )
    return {"seldom": seldom, "of_year": of_year, "few_in": few_in, "frequent": frequent, "its_year": its_year}


def _words() -> dict[str, str]:
    """Of the titles of articles: a word with about as many results as are compared, the same misspelt, and a word of one
    article."""
    articles = NewsArticle.objects.filter(locale__language_code=LANGUAGE).order_by("pk")[:200]
    words = dict.fromkeys(word for title in articles.values_list("title", flat=True) for word in title.split())
    numbers = {word: engine.number(LANGUAGE, word) for word in words if len(word) > 6 and word.isalpha()}
    rare = min(numbers, key=lambda word: abs(numbers[word] - RESULTS))
    return {
        "rare": rare,
        "rarest": next(word for word, number in numbers.items() if number == 1),
        "misspelt": next(word for word in _misspelt(rare) if not engine.number(LANGUAGE, word)),
    }


def _misspelt(word: str) -> Iterator[str]:
    """With two letters the other way round."""
    for place in range(3, len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _as_much_news() -> None:
    """The sitemap of news has as many articles in each database: those of two days would be ever more."""
    dates = NewsArticle.objects.live().order_by("-date").values_list("date", flat=True)
    views._NEWS_AGE = timezone.now() - dates[RECENT - 1]


def demonstrated() -> Any:
    """An article of the demonstration, the same in every database."""
    return NewsArticle.objects.get(pk=_demonstrated_key())


@cache
def _demonstrated_key() -> int:
    articles = NewsArticle.objects.filter(live=True, locale__language_code=LANGUAGE)
    return articles.order_by("pk").values_list("pk", flat=True)[0]


def demanding_searches() -> Iterator[str]:
    """Up to twelve words of a release, most of them in thousands of others: as typed, as phrases, unfinished, misspelt.
    A quarter are of its translation: no page of the language says them.

    The same ones in each process.
    """
    chance = random.Random(500)  # noqa: S311
    texts = [one.searched().text.split() for one in (demonstrated(), demonstrated().get_translations().get())]

    def typed(word: str) -> str:
        place = chance.randrange(len(word))
        return chance.choice((word, word, word[: place + 1], word[:place] + word[place + 1 :]))

    while True:
        words = chance.choices(texts, weights=(3, 1))[0]
        start, number = chance.randrange(len(words)), chance.randint(1, 12)
        phrase = words[start : start + number]
        text = " ".join(chance.choice((phrase, chance.choices(words, k=number))))
        yield chance.choice((f'"{text}"', text, " ".join(map(typed, text.split()))))


def publish() -> None:
    """Publishes an article with another summary, and takes that back."""
    with transaction.atomic():
        article = demonstrated()
        article.summary += "."
        article.save_revision().publish()
        transaction.set_rollback(True)


def measure(action: Callable[[], None]) -> dict[str, float]:
    """Milliseconds on the wall and of this process, and the number of queries."""
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
