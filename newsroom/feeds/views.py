from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext

from iom.characters import remove_control_characters
from iom.listing.reading import shown
from iom.navigation.locales import locales
from newsroom.feed_links import FORMATS, feed_title, query
from newsroom.feeds import writers
from newsroom.feeds.items import Item, items_of, version
from newsroom.feeds.text import Text, texts_of
from newsroom.models import NewsArticle, NewsIndex
from search.filters import asks_for_unknown

LENGTH = 30
# What counts as news to a news search engine (Google News sitemaps: two days, at most 1,000 articles).
_NEWS_AGE = timedelta(days=2)
_MOST_NEWS = 1000


def respond(index: NewsIndex, request: HttpRequest, feed: str) -> HttpResponseBase:
    """The latest articles of the newsroom that fit the filters of the request; `feed` is one of FORMATS.

    The feed is empty where it asks for what is not known, such as a topic of which the last article has gone.
    """
    options, chosen, articles = index.chosen(request)
    latest = [] if asks_for_unknown(request.GET, chosen) else articles[:LENGTH]
    items = items_of(latest, index.locale.language_code)
    said = about(index, request, feed_title(index.title, chosen.in_words(options)), query(request))

    def texts() -> list[Text]:
        read = texts_of(item.entry.pk for item in items)
        return [read[item.entry.pk] for item in items]

    return answer(request, feed, said, items, texts)


def about(index: NewsIndex, request: HttpRequest, title: str, below: str) -> dict[str, str]:
    """What a feed of the newsroom says of itself. `below`: where the same is a page, below the newsroom's address."""
    return {
        "title": remove_control_characters(title),
        "link": index.full_url + below,
        "description": remove_control_characters(index.introduction),
        "language": index.locale.language_code,
        "feed_url": settings.SITE_URL + request.get_full_path(),
        "author_name": gettext("International Organization for Migration"),
    }


def answer(
    request: HttpRequest,
    feed: str,
    about: Mapping[str, str],
    items: Sequence[Item],
    texts: Callable[[], list[Text]],
) -> HttpResponseBase:
    """The feed. A reader that has all of it already is told so, before any text is read.

    It has no date of its last change: what leaves the feed, such as a withdrawn article, would not change that date.
    """
    etag = f'W/"{version(items, about)}"'
    answer = get_conditional_response(request, etag)
    if answer is None:
        content = writers.written(feed, about, list(zip(items, texts(), strict=True)))
        answer = HttpResponse(content, content_type=f"{FORMATS[feed][1]}; charset=utf-8")
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "no-cache"  # an article may be withdrawn at any time
    return answer


def news_sitemap(request: HttpRequest) -> HttpResponse:
    """`/news-sitemap.xml`: the articles of the last two days, in every language."""
    now = timezone.now()
    recent = shown().filter(
        facets__locale__in=[locale.pk for locale in locales()],
        facets__facet="type",
        facets__value=NewsArticle._meta.model_name,
        facets__date__range=(now - _NEWS_AGE, now),
    )
    articles = recent.select_related("locale").order_by("-facets__date", "-pk")[:_MOST_NEWS]
    context = {"articles": articles, "site_url": settings.SITE_URL}
    kind = "application/xml; charset=utf-8"
    return TemplateResponse(request, "newsroom/news_sitemap.xml", context, content_type=kind)
