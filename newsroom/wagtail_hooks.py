"""Registers the views of topics and articles, feeds, plain texts, and the names by which search finds news."""

from collections.abc import Callable, Iterator
from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail import hooks
from wagtail.models import Page

from iom.contacts.models import press_contacts
from iom.listing.reading import shown
from newsroom.corrections import hooks as corrections  # noqa: F401  (its hooks)
from newsroom.explorer import ArticleViewSet
from newsroom.feed_links import FORMATS
from newsroom.feeds import corrections as corrections_feed
from newsroom.feeds import views as feeds
from newsroom.kinds import Kind, Scope
from newsroom.models import NewsIndex, PressArchive
from newsroom.officers import hooks as officers  # noqa: F401  (its hooks)
from newsroom.press import text_rendering
from newsroom.review import hooks as reviews  # noqa: F401  (its hooks)
from newsroom.topics import TopicName
from newsroom.viewsets import TopicViewSet
from search.names import Name

hooks.register("register_admin_viewset", partial(TopicViewSet, "topics"))
hooks.register("register_admin_viewset", ArticleViewSet)
Serve = Callable[[Page, HttpRequest, tuple[object, ...], dict[str, str]], HttpResponseBase]


@hooks.register("searched_names")
def facet_names(language: str) -> Iterator[Name]:
    """Yields the names of topics with the addresses of their lists, and those of types, scopes and press contacts."""
    newsrooms = NewsIndex.objects.filter(locale__language_code=language)
    address = shown().filter(page__in=newsrooms.values("pk")).values_list("url_path", flat=True).first()
    for key, slug, name in TopicName.objects.filter(language=language).values_list("topic", "slug", "name"):
        yield Name(("topic", str(key)), name, slug, f"{address}?topic={slug}" if address else "")
    for facet, choices in (("kind", Kind.choices), ("scope", Scope.choices)):
        for value, label in choices:
            yield Name((facet, value), str(label), value)
    for key, name in press_contacts().exclude(name="").values_list("pk", "name"):
        yield Name(("contact", str(key)), name)


@hooks.register("on_serve_page", order=100)  # inside Wagtail's check of view restrictions, whose order is 0
def serve_own_routes(serve_page: Serve) -> Serve:
    """Serves the feeds and plain texts that `own_routes` of the newsroom's pages define."""

    def serve(page: Page, request: HttpRequest, args: tuple[object, ...], kwargs: dict[str, str]) -> HttpResponseBase:
        if isinstance(page, NewsIndex) and (limited := page.rate_limit_response(request, kwargs)):
            return limited
        if "feed" in kwargs:
            return feeds.respond(page, request, kwargs["feed"])
        if kwargs.get("corrections") in FORMATS:
            return corrections_feed.respond(page, request, kwargs["corrections"])
        return text_rendering.text_response(page) if "as_text" in kwargs else serve_page(page, request, args, kwargs)

    return serve


@hooks.register("withdrawn_addresses")
def archive_addresses(page: Page) -> list[str]:
    """Returns the address of an article's archive for journalists."""
    archives = PressArchive.objects.filter(article=page.pk).exclude(file="")
    return [archive.url for archive in archives]
