from datetime import datetime

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from iom.characters import remove_control_characters
from iom.core.moments import get_zone_city
from iom.core.templatetags.site import date_long, date_text, day_long
from iom.listing.menu import MenuItem
from newsroom import feed_links
from newsroom.dates import day_of, is_day_only
from newsroom.kinds import Kind
from newsroom.models import corrected_articles
from search.results import Results

register = template.Library()

register.filter("without_control_characters", remove_control_characters)


@register.simple_tag
def corrections_url(newsroom: str) -> str:
    """Returns the address of the page of corrections. `newsroom` is the address of the newsroom."""
    return newsroom + corrected_articles.corrections_route()


@register.filter
def kind_label(kind: str) -> str:
    """Returns the label of a type, such as “Press release” for `press-release`."""
    return str(Kind(kind).label)


@register.filter
def moment_text(moment: datetime | None) -> str:
    """Formats a moment as `1 March 2016, 14:30 (Geneva)`; as a day if only the day is known."""
    if not moment or is_day_only(moment):
        return date_text(moment)
    return f"{date_text(moment)}, {_time_and_place(moment)}"


@register.filter
def moment_long(moment: datetime | None) -> str:
    """Formats a moment like `moment_text`, as a `time` element."""
    if not moment or is_day_only(moment):
        return date_long(moment)
    written = format_html("{}, {}", day_long(day_of(moment)), _time_and_place(moment))
    return format_html('<time datetime="{}">{}</time>', _local(moment).isoformat(timespec="minutes"), written)


@register.filter
def w3c_date(moment: datetime) -> str:
    """Formats a moment for sitemaps; as a day if only the day is known, since noon may be in the future."""
    return day_of(moment).isoformat() if is_day_only(moment) else _local(moment).isoformat(timespec="seconds")


def _time_and_place(moment: datetime) -> str:
    """Returns the time in the default time zone, with its place; a preview is rendered in the user's time zone."""
    return f"{date_format(_local(moment), 'TIME_FORMAT')} ({get_zone_city(timezone.get_default_timezone())})"


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())


@register.simple_tag(takes_context=True)
def search_feeds(context: Context) -> list[feed_links.FeedLink]:
    """Returns the feeds of the news that a search finds; none if the newsroom would find nothing."""
    results: Results = context["choice"].results
    newsroom = feed_links.get_newsroom(results.locale.pk)
    if newsroom is None or not results.has_news:
        return []
    return feed_links.get_links(newsroom[0], feed_links.filter_query(context["request"], q=results.corrected))


@register.simple_tag
def newsroom_feeds(sections: list[MenuItem]) -> list[feed_links.FeedLink]:
    """Returns the feeds of the newsroom among the sections of the menu."""
    return [link for section in sections if section.model == "newsindex" for link in feed_links.get_links(section.url)]
