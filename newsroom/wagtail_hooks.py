"""The screen for topics; the feeds of a newsroom and the text of an article."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from wagtail import hooks
from wagtail.models import Page

from newsroom.feeds import views as feeds
from newsroom.press import text
from newsroom.viewsets import TopicViewSet

Serve = Callable[[Page, HttpRequest, tuple[object, ...], dict[str, str]], HttpResponseBase]


@hooks.register("register_admin_viewset")
def register_topics() -> TopicViewSet:
    return TopicViewSet("topics")


@hooks.register("on_serve_page", order=100)  # within Wagtail's check of who may see the page, whose order is 0
def serve_own_routes(serve_page: Serve) -> Serve:
    """Serves what `own_routes` of the newsroom's pages name."""

    def serve(page: Page, request: HttpRequest, args: tuple[object, ...], kwargs: dict[str, str]) -> HttpResponseBase:
        if "feed" in kwargs:
            return feeds.respond(page, request, kwargs["feed"])
        return text.respond(page) if "as_text" in kwargs else serve_page(page, request, args, kwargs)

    return serve
