from datetime import datetime

from django import template
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext

from iom.characters import remove_control_characters
from iom.core.moments import place_of
from iom.core.templatetags.site import date_long, date_text, day_long
from iom.listing.menu import MenuItem
from newsroom import feed_links
from newsroom.dates import day_of, is_day_only
from newsroom.kinds import Kind
from newsroom.models import corrected
from search.results import Results

register = template.Library()

register.filter("without_control_characters", remove_control_characters)


@register.simple_tag
def corrections_url(newsroom: str) -> str:
    """The page of corrections of the newsroom at this address."""
    return newsroom + corrected.route()


@register.filter
def kind_label(kind: str) -> str:
    """`press-release` → Press release."""
    return str(Kind(kind).label)


@register.filter
def moment_text(moment: datetime | None) -> str:
    """`1 March 2016, 14:30 (Geneva)`; the day alone where no more is known."""
    if not moment or is_day_only(moment):
        return date_text(moment)
    return f"{date_text(moment)}, {_clock(moment)}"


@register.filter
def moment_long(moment: datetime | None) -> str:
    """The same as a `time` element."""
    if not moment or is_day_only(moment):
        return date_long(moment)
    written = format_html("{}, {}", day_long(day_of(moment)), _clock(moment))
    return format_html('<time datetime="{}">{}</time>', _local(moment).isoformat(timespec="minutes"), written)


@register.filter
def w3c_date(moment: datetime) -> str:
    """As sitemaps have it; the day alone where no more is known, for noon may be to come."""
    return day_of(moment).isoformat() if is_day_only(moment) else _local(moment).isoformat(timespec="seconds")


def _clock(moment: datetime) -> str:
    """The time with its place: a preview is rendered in the time zone of its reader."""
    hour, minute = _local(moment).strftime("%H %M").split()
    time = gettext("{hour}:{minute}").format(hour=hour, minute=minute)
    return f"{time} ({place_of(timezone.get_default_timezone())})"


def _local(moment: datetime) -> datetime:
    return timezone.localtime(moment, timezone.get_default_timezone())


@register.simple_tag(takes_context=True)
def feeds_of_search(context: Context) -> list[feed_links.FeedLink]:
    """The feeds of the news that a search finds; none where a list of news finds nothing."""
    results: Results = context["choice"].results
    newsroom = feed_links.newsroom(results.locale.pk)
    if newsroom is None or not results.has_news:
        return []
    return feed_links.links(newsroom[0], feed_links.query(context["request"], q=results.corrected))


@register.simple_tag
def feeds_among(sections: list[MenuItem]) -> list[feed_links.FeedLink]:
    """The feeds of the newsroom among the sections of the menu."""
    return [link for section in sections if section.model == "newsindex" for link in feed_links.links(section.url)]
