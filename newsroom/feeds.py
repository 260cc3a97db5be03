"""The newsroom for machines: RSS, Atom and JSON feeds, with the filters of the index, and the news sitemap."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext

from iom.characters import remove_control_characters
from iom.navigation.visibility import visible
from newsroom.formats import FORMATS
from newsroom.models.article import ArticleQuerySet, NewsArticle

LENGTH = 30
_GENERATORS = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
# What counts as news to a news search engine (Google News sitemaps: two days, at most 1,000 articles).
_NEWS_AGE = timedelta(days=2)
_MOST_NEWS = 1000


@dataclass(frozen=True)
class FeedLink:
    """A feed as a page links to it."""

    name: str
    url: str
    content_type: str


def links(index: Any, request: HttpRequest) -> list[FeedLink]:
    """The feeds of the newsroom `index`, with the filters of the list being read."""
    query = _query(request)
    return [FeedLink(name, f"{index.url}{part}/{query}", media_type) for part, (name, media_type) in FORMATS.items()]


def title(index: Any, filtered: list[str]) -> str:
    """`Actualités : Discours, Égypte`; `filtered`: what the list is filtered by, in words."""
    words = {"title": index.title, "filters": ", ".join(filtered)}
    return gettext("%(title)s: %(filters)s") % words if filtered else words["title"]


def respond(
    format_name: str, index: Any, request: HttpRequest, articles: ArticleQuerySet, filtered: list[str]
) -> HttpResponse:
    """The latest `articles` of the newsroom `index` as a feed in one of FORMATS; `filtered` as for `title`."""
    latest = articles[:LENGTH]
    about = {
        "title": remove_control_characters(f"{title(index, filtered)} – {gettext('IOM')}"),
        "link": index.full_url + _query(request),
        "description": remove_control_characters(index.introduction),
        "language": index.locale.language_code,
        "feed_url": settings.SITE_URL + request.get_full_path(),
    }
    if format_name == "json":
        return _json(about, latest)
    feed = _GENERATORS[format_name](**about)
    for article in latest:
        feed.add_item(
            title=remove_control_characters(article.title),
            link=article.full_url,
            description=remove_control_characters(article.summary),
            unique_id=remove_control_characters(article.full_url),
            pubdate=article.date,
            updateddate=article.updated_at or article.date,
            categories=[str(article.get_kind_display())],
        )
    media_type = FORMATS[format_name][1]
    return HttpResponse(feed.writeString("utf-8"), content_type=f"{media_type}; charset=utf-8")


def _query(request: HttpRequest) -> str:
    """The filters of a list, as its address and its feeds' have them."""
    parameters = request.GET.copy()
    parameters.pop("page", None)
    return f"?{parameters.urlencode()}" if parameters else ""


def _json(about: dict[str, str], articles: Iterable[NewsArticle]) -> JsonResponse:
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    items = [
        {
            "id": article.full_url,
            "url": article.full_url,
            "title": article.title,
            "summary": article.summary,
            "content_text": article.summary,
            "date_published": _written(article.date),
            "date_modified": _written(article.updated_at or article.date),
            "tags": [str(article.get_kind_display())],
        }
        for article in articles
    ]
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": about["title"],
        "home_page_url": about["link"],
        "feed_url": about["feed_url"],
        "description": about["description"],
        "language": about["language"],
        "items": items,
    }
    return JsonResponse(feed, content_type="application/feed+json", json_dumps_params={"ensure_ascii": False})


def _written(moment: datetime | None) -> str | None:
    """A date as JSON Feed writes it."""
    return moment.isoformat() if moment else None


def news_sitemap(request: HttpRequest) -> HttpResponse:
    """`/news-sitemap.xml`: the articles of the last two days, in both languages."""
    recent = visible(NewsArticle.objects.filter(date__gte=timezone.now() - _NEWS_AGE, date__lte=timezone.now()))
    articles = recent.select_related("locale").defer_streamfields().order_by("-sort_date", "-id")[:_MOST_NEWS]
    context = {"articles": articles, "site_url": settings.SITE_URL, "publication": gettext("IOM")}
    return TemplateResponse(request, "newsroom/news_sitemap.xml", context, content_type="application/xml")
