"""Registers the address of the correction form and the buttons that open it."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin.widgets.button import Button, HeaderButton

from iom.screens import add_admin_urls
from newsroom.corrections import translations  # noqa: F401  (its receiver)
from newsroom.corrections.views import CorrectView, may_correct
from newsroom.models import NewsArticle

add_admin_urls(path("corrections/<int:page_id>/", CorrectView.as_view(), name="newsroom_correct"))


@hooks.register("page_editor_buttons")
def add_to_editor(page: Any, user: Any) -> Iterator[HeaderButton]:
    if isinstance(page, NewsArticle) and may_correct(page, user):
        address = reverse("newsroom_correct", args=[page.pk])
        yield HeaderButton(gettext("Correct"), url=address, icon_name="warning", icon_only=True)


@hooks.register("register_page_listing_more_buttons")
def add_to_listings(page: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:
    specific = page.specific_deferred
    if isinstance(specific, NewsArticle) and may_correct(specific, user):
        address = reverse("newsroom_correct", args=[page.pk])
        yield Button(gettext("Correct"), url=address, icon_name="warning", priority=55)
