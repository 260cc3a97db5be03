"""RSS, Atom and JSON feeds, with the filters of the index, and the news sitemap."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.translation import gettext

from iom.characters import remove_control_characters
from iom.listing.models import Entry
from iom.listing.reading import shown
from newsroom.formats import FORMATS, query, title
from newsroom.kinds import Kind
from newsroom.models import NewsIndex

LENGTH = 30
_GENERATORS = {"rss": Rss201rev2Feed, "atom": Atom1Feed}
# What counts as news to a news search engine (Google News sitemaps: two days, at most 1,000 articles).
_NEWS_AGE = timedelta(days=2)
_MOST_NEWS = 1000


def respond(index: NewsIndex, request: HttpRequest, feed: str) -> HttpResponse:
    """The latest articles of the newsroom that fit the filters of the request; `feed` is one of FORMATS."""
    options, chosen, articles = index.chosen(request)
    latest = articles[:LENGTH]
    about = {
        "title": remove_control_characters(f"{title(index.title, chosen.in_words(options))} – {gettext('IOM')}"),
        "link": index.full_url + query(request),
        "description": remove_control_characters(index.introduction),
        "language": index.locale.language_code,
        "feed_url": settings.SITE_URL + request.get_full_path(),
    }
    if feed == "json":
        return _json(about, latest)
    generator = _GENERATORS[feed](**about)
    for article in latest:
        generator.add_item(
            title=remove_control_characters(article.title),
            link=article.full_url,
            description=remove_control_characters(article.summary),
            unique_id=remove_control_characters(article.full_url),
            pubdate=article.shown_date,
            updateddate=article.updated_at or article.shown_date,
            categories=[str(Kind(article.kind).label)],
        )
    return HttpResponse(generator.writeString("utf-8"), content_type=f"{FORMATS[feed][1]}; charset=utf-8")


def _json(about: dict[str, str], articles: Iterable[Entry]) -> JsonResponse:
    """JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""
    items = [
        {
            "id": article.full_url,
            "url": article.full_url,
            "title": article.title,
            "summary": article.summary,
            "content_text": article.summary,
            "date_published": article.shown_date and article.shown_date.isoformat(),
            "date_modified": updated and updated.isoformat(),
            "tags": [str(Kind(article.kind).label)],
        }
        for article in articles
        for updated in [article.updated_at or article.shown_date]
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


def news_sitemap(request: HttpRequest) -> HttpResponse:
    """`/news-sitemap.xml`: the articles of the last two days, in both languages."""
    between = (timezone.now() - _NEWS_AGE, timezone.now())
    recent = shown().filter(content_type__model="newsarticle", shown_date__range=between).select_related("locale")
    articles = recent.order_by("-date", "-pk")[:_MOST_NEWS]
    context = {"articles": articles, "site_url": settings.SITE_URL, "publication": gettext("IOM")}
    return TemplateResponse(request, "newsroom/news_sitemap.xml", context, content_type="application/xml")
