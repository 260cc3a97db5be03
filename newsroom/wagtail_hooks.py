"""The screens for topics and articles; feeds and the text of an article; the names by which search finds news."""

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
from newsroom.press import text
from newsroom.review import hooks as reviews  # noqa: F401  (its hooks)
from newsroom.topics import TopicName
from newsroom.viewsets import TopicViewSet
from search.names import Name

hooks.register("register_admin_viewset", partial(TopicViewSet, "topics"))
hooks.register("register_admin_viewset", ArticleViewSet)
Serve = Callable[[Page, HttpRequest, tuple[object, ...], dict[str, str]], HttpResponseBase]


@hooks.register("searched_names")
def names_of_facets(language: str) -> Iterator[Name]:
    """The topics with their lists, the types and scopes, and who answers the press about an article."""
    newsrooms = NewsIndex.objects.filter(locale__language_code=language)
    address = shown().filter(page__in=newsrooms.values("pk")).values_list("url_path", flat=True).first()
    for key, slug, name in TopicName.objects.filter(language=language).values_list("topic", "slug", "name"):
        yield Name(("topic", str(key)), name, slug, f"{address}?topic={slug}" if address else "")
    for facet, choices in (("kind", Kind.choices), ("scope", Scope.choices)):
        for value, label in choices:
            yield Name((facet, value), str(label), value)
    for key, name in press_contacts().exclude(name="").values_list("pk", "name"):
        yield Name(("contact", str(key)), name)


@hooks.register("on_serve_page", order=100)  # within Wagtail's check of who may see the page, whose order is 0
def serve_own_routes(serve_page: Serve) -> Serve:
    """Serves what `own_routes` of the newsroom's pages name."""

    def serve(page: Page, request: HttpRequest, args: tuple[object, ...], kwargs: dict[str, str]) -> HttpResponseBase:
        if isinstance(page, NewsIndex) and (refused := page.refusal(request, kwargs)):
            return refused
        if "feed" in kwargs:
            return feeds.respond(page, request, kwargs["feed"])
        if kwargs.get("corrections") in FORMATS:
            return corrections_feed.respond(page, request, kwargs["corrections"])
        return text.respond(page) if "as_text" in kwargs else serve_page(page, request, args, kwargs)

    return serve


@hooks.register("withdrawn_addresses")
def addresses_of_archive(page: Page) -> list[str]:
    """Where journalists have downloaded an article."""
    archives = PressArchive.objects.filter(article=page.pk).exclude(file="")
    return [archive.url for archive in archives]
