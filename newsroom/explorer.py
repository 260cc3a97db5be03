"""The page explorer below a newsroom, where one parent may have a hundred thousand articles.

It queries articles instead of pages of any type, and reads from the parent what all articles share.
"""

from functools import cached_property
from typing import Any
from uuid import UUID

import django_filters
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.db.models.functions import Substr
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.pages.listing import PageFilterSet
from wagtail.models import Page, WorkflowState

from iom.contacts.models import offices_by_key
from iom.core.admin_visibility import correlated_keys, hidden_texts
from iom.users import WRITES_ORIGINALS
from newsroom.models import NewsArticle, NewsIndex
from search.explorer import ExplorerView, SearchedPageViewSet

_LATEST = "latest_revision_created_at"


def owners(request: HttpRequest) -> QuerySet[Any]:
    """Returns the users who own a page. Wagtail's own query reads all pages."""
    return get_user_model().objects.filter(Exists(Page.objects.filter(owner=OuterRef("pk")).order_by()))


def office_choices() -> list[tuple[int, str]]:
    return [(key, office.name) for key, office in offices_by_key().items()]


def child_articles(newsroom: NewsIndex) -> Any:
    """Returns the articles of a newsroom, in a form for which the database reads the latest from the index of
    revisions and does not sort all of them.

    SQLite would use the index of paths. PostgreSQL gets a plain condition, for which it has statistics: else it
    expects few articles.
    """
    if connection.vendor == "postgresql":
        return NewsArticle.objects.child_of(newsroom)
    above = Substr("path", 1, len(newsroom.path))
    return NewsArticle.objects.alias(above=above).filter(above=newsroom.path, depth=newsroom.depth + 1)


def with_workflow_states(pages: Any) -> Any:
    """Prefetches what Wagtail's `prefetch_workflow_states` does, which finds nothing for a query of one page type."""
    active = WorkflowState.objects.active().select_related("current_task_state__task")
    return pages.prefetch_related(Prefetch("_specific_workflow_states", active, to_attr="_current_workflow_states"))


class ArticleFilterSet(PageFilterSet):
    """The filters of pages, without those that are the same for all articles."""

    office = django_filters.ChoiceFilter(label=_("Issuing office"), choices=office_choices, method="filter_office")
    owner = MultipleUserFilter(label=_("Owner"), queryset=owners, widget=CheckboxSelectMultiple)
    locale = django_filters.ChoiceFilter(
        label=_("Language"), field_name="locale__language_code", choices=settings.LANGUAGES
    )
    edited_by = site = has_child_pages = None

    def filter_office(self, pages: QuerySet[Any], name: str, office: str) -> QuerySet[Any]:
        return pages.filter(pk__in=NewsArticle.objects.filter(office=office).values("pk"))


class NewsroomExplorerView(ExplorerView):
    """The articles of a newsroom, the last changed first."""

    base_columns = [column for column in ExplorerView.base_columns if column.name not in ("parent", "type")]

    def get(self, request: HttpRequest, parent_page_id: int) -> HttpResponse:
        indexes = NewsIndex.objects.select_related("locale").annotate_approved_schedule()
        self.parent_page = get_object_or_404(indexes, pk=parent_page_id)
        if not self.may_explore_all:
            return super().get(request, parent_page_id)
        self.permissions = self.parent_page.permissions_for_user(request.user)
        self.locale = self.parent_page.locale
        self.translations: list[dict[str, Any]] = []
        return IndexView.get(self, request)

    @cached_property
    def may_explore_all(self) -> bool:
        """Whether the user has permissions on the newsroom or a page above it, and not for translations only."""
        pages = self.permission_policy.instances_with_direct_explore_permission(self.request.user)
        is_above = any(self.parent_page.path.startswith(page.path) for page in pages)
        return is_above and self.request.user.has_perm(WRITES_ORIGINALS)

    @cached_property
    def hidden_texts(self) -> frozenset[UUID]:
        """The translation keys of the texts that the user may not see. The list has no row for them, since a search
        for their words would find it."""
        return hidden_texts(self.request.user)

    @property
    def is_article_list(self) -> bool:
        """Whether the list queries the articles of this newsroom, not pages anywhere or the results of a search."""
        return not self.is_searching_whole_tree and (self.may_explore_all or not self.is_searching)

    def get_base_queryset(self) -> QuerySet[Any]:
        if not self.is_article_list:
            return super().get_base_queryset()
        articles = child_articles(self.parent_page)
        if not self.may_explore_all:
            explorable = self.permission_policy.explorable_instances(self.request.user)
            return self.annotate_queryset(articles.filter(pk__in=correlated_keys(explorable)))
        articles = articles.exclude(translation_key__in=self.hidden_texts)
        return with_workflow_states(articles.defer_streamfields()).annotate_approved_schedule()

    def order_queryset(self, queryset: Any) -> Any:
        """Orders by the key of the latest revision, which follows its creation and has an index."""
        if not self.is_searching and self.ordering in (_LATEST, f"-{_LATEST}"):
            return queryset.order_by(self.ordering.replace(_LATEST, "latest_revision"))
        return super().order_queryset(queryset)

    def get_paginator(self, *args: Any, **kwargs: Any) -> Any:
        paginator = super().get_paginator(*args, **kwargs)
        if self.is_article_list and self.may_explore_all and not self.is_searching and not self.is_filtering:
            hidden = child_articles(self.parent_page).filter(translation_key__in=self.hidden_texts)
            paginator.count = self.parent_page.numchild - hidden.count()  # counting all articles would be slow
        return paginator

    def get_side_panels(self) -> MediaContainer:
        """Returns no panels: the page of the newsroom is seldom edited, and its editor has them."""
        return MediaContainer()


class ArticleViewSet(SearchedPageViewSet):
    """The views of articles. The explorer of their parents uses this view set."""

    model = NewsArticle
    index_view_class = NewsroomExplorerView
    filterset_class = ArticleFilterSet
