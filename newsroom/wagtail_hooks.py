"""The screens for topics and articles; the feeds of a newsroom and the text of an article."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.models import Page

from newsroom import feeds
from newsroom.explorer import ArticleViewSet
from newsroom.press import text
from newsroom.viewsets import TopicViewSet

Serve = Callable[[Page, HttpRequest, tuple[object, ...], dict[str, str]], HttpResponse]


@hooks.register("register_admin_viewset")
def register_topics() -> TopicViewSet:
    return TopicViewSet("topics")


@hooks.register("register_admin_viewset")
def register_articles() -> ArticleViewSet:
    return ArticleViewSet()


@hooks.register("on_serve_page", order=100)  # within Wagtail's check of who may see the page, whose order is 0
def serve_own_routes(serve_page: Serve) -> Serve:
    """Serves what `own_routes` of the newsroom's pages name."""

    def serve(page: Page, request: HttpRequest, args: tuple[object, ...], kwargs: dict[str, str]) -> HttpResponse:
        if "feed" in kwargs:
            return feeds.respond(page, request, kwargs["feed"])
        return text.respond(page) if "as_text" in kwargs else serve_page(page, request, args, kwargs)

    return serve
