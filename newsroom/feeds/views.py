from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from uuid import uuid5

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
from newsroom.feed_links import FORMATS, feed_title, filter_query
from newsroom.feeds import writers
from newsroom.feeds.content import ItemContent, get_contents
from newsroom.feeds.items import Item, build_items, digest
from newsroom.models import NewsArticle, NewsIndex
from search.filters import has_only_unknown_values

MAX_ITEMS = 30
# The limits of Google News sitemaps: articles of two days, at most 1,000
_NEWS_AGE = timedelta(days=2)
_MAX_NEWS = 1000


def respond(index: NewsIndex, request: HttpRequest, feed: str) -> HttpResponseBase:
    """Returns the feed of the latest articles that match the filters of the request. `feed` is a key of FORMATS.

    The feed is empty if the request has only unknown values, such as a topic that no longer has any article.
    """
    options, chosen, articles = index.filtered_articles(request)
    latest = [] if has_only_unknown_values(request.GET, chosen) else articles[:MAX_ITEMS]
    items = build_items(latest, index.locale.language_code)
    metadata = feed_metadata(index, request, feed_title(index.title, chosen.in_words(options)), filter_query(request))

    def texts() -> list[ItemContent]:
        contents = get_contents(item.entry.pk for item in items)
        return [contents[item.entry.pk] for item in items]

    return feed_response(request, feed, metadata, items, texts)


def feed_metadata(index: NewsIndex, request: HttpRequest, title: str, below: str) -> dict[str, str]:
    """Returns the metadata of a feed. `below` is the address of the page with the same items, below the newsroom.

    The identifier of an Atom feed never changes, even if the newsroom gets another address (RFC 4287, section 4.2.6).
    """
    language = index.locale.language_code
    return {
        "title": remove_control_characters(title),
        "link": index.full_url + below,
        "description": remove_control_characters(index.introduction),
        "language": language,
        "feed_guid": uuid5(index.translation_key, f"{language}/{below}").urn,
        "feed_url": settings.SITE_URL + request.get_full_path(),
        "author_name": gettext("International Organization for Migration"),
    }


def feed_response(
    request: HttpRequest,
    feed: str,
    metadata: Mapping[str, str],
    items: Sequence[Item],
    texts: Callable[[], list[ItemContent]],
) -> HttpResponseBase:
    """Returns the feed, or status 304 to a client that has it already, before any text is read.

    The answer has no `Last-Modified`: an article that leaves the feed, for example a withdrawn one, would not change
    that date.
    """
    etag = f'W/"{digest(items, metadata)}"'
    answer = get_conditional_response(request, etag)
    if answer is None:
        content = writers.render(feed, metadata, list(zip(items, texts(), strict=True)))
        answer = HttpResponse(content, content_type=f"{FORMATS[feed][1]}; charset=utf-8")
    answer.headers["ETag"] = etag
    answer.headers["Cache-Control"] = "no-cache"  # an article may be withdrawn at any time
    return answer


def news_sitemap(request: HttpRequest) -> HttpResponse:
    """Returns `/news-sitemap.xml`: the articles of the last two days, in every language."""
    now = timezone.now()
    recent = shown().filter(
        facets__locale__in=[locale.pk for locale in locales()],
        facets__facet="type",
        facets__value=NewsArticle._meta.model_name,
        facets__date__range=(now - _NEWS_AGE, now),
    )
    articles = recent.select_related("locale").order_by("-facets__date", "-pk")[:_MAX_NEWS]
    context = {"articles": articles, "site_url": settings.SITE_URL}
    kind = "application/xml; charset=utf-8"
    return TemplateResponse(request, "newsroom/news_sitemap.xml", context, content_type=kind)
