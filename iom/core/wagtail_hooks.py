"""Hooks of all pages: rich text, draft limits, the check before publication, and the cache of served pages."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.functional import lazy
from django.utils.translation import gettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineStyleElementHandler
from wagtail.admin.rich_text.editors.draftail.features import Feature
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.widgets.button import Button
from wagtail.models import AbstractPage, Page
from wagtail.permissions import policy_registry, register_permission_policy
from wagtail.query import PageQuerySet
from wagtail.rich_text.feature_registry import FeatureRegistry

from iom import languages
from iom.caching.marking import mark_cacheable
from iom.core import comment_notifications, picture_descriptions, scheduling  # noqa: F401  (signal receiver and patch)
from iom.core.admin_visibility import ViewablePagesPolicy, correlated_keys, public_page_keys
from iom.core.document_links import DescribedDocumentLinkHandler
from iom.core.draft_limit_views import DraftLimitView, get_allowed_people, may_limit_draft
from iom.core.draft_limits import texts_hidden_from
from iom.navigation.alternates import MISSING
from iom.publishing import gate
from iom.screens import add_admin_urls, add_editor_scripts, is_opened

add_editor_scripts("picture-words", "writing")

# The editor has a button for each, and for the languages of the site. Words in other languages keep their markup.
BUTTON_LANGUAGES = ["es", "ar"]


class InlineStylesFeature(Feature):
    """Several inline styles of the editor's toolbar as one feature."""

    def __init__(self, styles: list[dict[str, Any]]) -> None:
        super().__init__()
        self.styles = styles

    def construct_options(self, options: dict[str, Any]) -> None:
        options.setdefault("inlineStyles", []).extend(self.styles)


@hooks.register("register_rich_text_features", order=10)
def register_document_link_handler(features: FeatureRegistry) -> None:
    """Replaces Wagtail's handler of links to documents."""
    features.register_link_type(DescribedDocumentLinkHandler)


@hooks.register("register_rich_text_features")
def register_language_styles(features: FeatureRegistry) -> None:
    """Adds styles for words in another language. Screen readers and browsers use its pronunciation and direction."""
    from_database, style_map = {}, {}
    for code in languages.codes():
        from_database[f"span[lang='{code}']"] = InlineStyleElementHandler(_style_name(code))
        style_map[_style_name(code)] = {"element": "span", "props": {"lang": code, "dir": languages.direction(code)}}
    rule = {"from_database_format": from_database, "to_database_format": {"style_map": style_map}}
    features.register_converter_rule("contentstate", "other-language", rule)
    buttons = [_button(code) for code in {**dict(settings.LANGUAGES), **dict.fromkeys(BUTTON_LANGUAGES)}]
    features.register_editor_plugin("draftail", "other-language", InlineStylesFeature(buttons))


def _style_name(code: str) -> str:
    return f"LANGUAGE_{code.upper()}"


def _button(code: str) -> dict[str, Any]:
    return {
        "type": _style_name(code),
        "label": code.upper(),
        "description": lazy(_description, str)(code),
        "style": {"borderBottom": "2px dotted currentColor"},
    }


def _description(code: str) -> str:
    text = gettext("Words in another language: %(language)s")
    return text % {"language": languages.name(code)}


add_admin_urls(
    path("pictures/<int:image_id>/words/<int:page_id>/", picture_descriptions.suggest, name="picture_words"),
    path("pages/<int:page_id>/limit/", DraftLimitView.as_view(), name="draft_limit"),
)


@hooks.register("before_publish_page", order=-10)  # before the other hooks
def check_before_publication(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keeps a page as a draft if the gate refuses it or holds it back. A refusal is shown in the editor."""
    revision = page.latest_revision
    gate.set_page(revision, page)
    try:
        is_held_back = gate.holds_back(type(page).objects.get(pk=page.pk), revision, request.user)
        revision.is_allowed = not is_held_back
    except (PermissionDenied, ValidationError) as refusal:
        is_held_back = True
        messages.error(request, gate.refusal_text(refusal))
    return redirect("wagtailadmin_pages:edit", page.pk) if is_held_back else None


hooks.register("hidden_texts", texts_hidden_from)


@hooks.register("register_page_header_buttons")
def offer_draft_limit(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    if view_name == "edit" and may_limit_draft(user, page):
        yield Button(
            gettext("Limit this draft"), reverse("draft_limit", args=[page.pk]), icon_name="view", priority=66
        )


@hooks.register("before_edit_page")
def show_draft_limit(request: HttpRequest, page: Page) -> None:
    """Adds a message above the form of a draft that is limited."""
    if not is_opened(request) or page.live:
        return
    if people := get_allowed_people(page):
        names = ", ".join(map(get_user_display_name, people))
        messages.info(
            request, gettext("Only these people and the editors may see this draft: %(names)s") % {"names": names}
        )


@hooks.register("construct_page_chooser_queryset")
def limit_page_chooser(pages: PageQuerySet, request: HttpRequest) -> PageQuerySet:
    """Limits Wagtail's page chooser to pages that the user may see, and loads the status of all pages at once."""
    policy = policy_registry.get_by_type(Page)
    if not policy.can_view_all(request.user):
        explorable = policy.explorable_instances(request.user)
        pages = pages.filter(Q(pk__in=public_page_keys()) | Q(pk__in=correlated_keys(explorable)))
    return pages.prefetch_workflow_states().annotate_approved_schedule()


@hooks.register("on_serve_page", order=50)  # inside Wagtail's check of view restrictions, whose order is 0
def mark_pages_as_cacheable(serve_page: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Marks the responses of pages for the page cache.

    A page that reads parameters sets `request.cacheable_query` to those that it reads, or to None for no caching.
    """

    def serve(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponseBase:
        response = serve_page(page, request, args, kwargs)
        query: str | None = getattr(request, "cacheable_query", "")
        if query is not None:
            missing = [urlencode({MISSING: 1})] if MISSING in request.GET else []
            mark_cacheable(request, response, "&".join(filter(None, [query, *missing])))
        return response

    return serve


register_permission_policy(AbstractPage, ViewablePagesPolicy())
