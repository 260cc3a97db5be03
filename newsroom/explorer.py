"""The admin's list of articles: all share one parent, and there may be a hundred thousand of them.

It asks for articles, not for pages of any type, and takes from the parent what is true of all of them.
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
from iom.core.titles import among, hidden_texts
from iom.users import WRITES_ORIGINALS
from newsroom.models import NewsArticle, NewsIndex
from search.explorer import ExplorerView, SearchedPageViewSet

_LATEST = "latest_revision_created_at"


def owners(request: HttpRequest) -> QuerySet[Any]:
    """The users who own a page; Wagtail's own query reads all pages."""
    return get_user_model().objects.filter(Exists(Page.objects.filter(owner=OuterRef("pk")).order_by()))


def office_choices() -> list[tuple[int, str]]:
    return [(key, office.name) for key, office in offices_by_key().items()]


def articles_of(newsroom: NewsIndex) -> Any:
    """Its articles, so that the latest are read from the index of revisions, and not all of them sorted.

    SQLite would take the index of paths. PostgreSQL expects few articles where it has no statistics of a condition.
    """
    if connection.vendor == "postgresql":
        return NewsArticle.objects.child_of(newsroom)
    above = Substr("path", 1, len(newsroom.path))
    return NewsArticle.objects.alias(above=above).filter(above=newsroom.path, depth=newsroom.depth + 1)


def with_workflow_states(pages: Any) -> Any:
    """With what Wagtail's `prefetch_workflow_states` finds; of a query for one type of pages, it finds nothing."""
    active = WorkflowState.objects.active().select_related("current_task_state__task")
    return pages.prefetch_related(Prefetch("_specific_workflow_states", active, to_attr="_current_workflow_states"))


class ArticleFilterSet(PageFilterSet):
    """Without what is the same for all articles."""

    office = django_filters.ChoiceFilter(label=_("Issuing office"), choices=office_choices, method="of_office")
    owner = MultipleUserFilter(label=_("Owner"), queryset=owners, widget=CheckboxSelectMultiple)
    locale = django_filters.ChoiceFilter(
        label=_("Language"), field_name="locale__language_code", choices=settings.LANGUAGES
    )
    edited_by = site = has_child_pages = None

    def of_office(self, pages: QuerySet[Any], name: str, office: str) -> QuerySet[Any]:
        return pages.filter(pk__in=NewsArticle.objects.filter(office=office).values("pk"))


class NewsroomExplorerView(ExplorerView):
    """The articles of a newsroom, those first that were changed last."""

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
        """Of whose articles there may be no row at all: a search for their words would find it."""
        return hidden_texts(self.request.user)

    @property
    def lists_articles(self) -> bool:
        """Whether the list is of articles of this newsroom; else of pages anywhere, or of those with certain words."""
        return not self.is_searching_whole_tree and (self.may_explore_all or not self.is_searching)

    def get_base_queryset(self) -> QuerySet[Any]:
        if not self.lists_articles:
            return super().get_base_queryset()
        articles = articles_of(self.parent_page)
        if not self.may_explore_all:
            theirs = self.permission_policy.explorable_instances(self.request.user)
            return self.annotate_queryset(articles.filter(pk__in=among(theirs)))
        articles = articles.exclude(translation_key__in=self.hidden_texts)
        return with_workflow_states(articles.defer_streamfields()).annotate_approved_schedule()

    def order_queryset(self, queryset: Any) -> Any:
        """Revisions are numbered in the order of their creation, and pages have an index of their latest."""
        if not self.is_searching and self.ordering in (_LATEST, f"-{_LATEST}"):
            return queryset.order_by(self.ordering.replace(_LATEST, "latest_revision"))
        return super().order_queryset(queryset)

    def get_paginator(self, *args: Any, **kwargs: Any) -> Any:
        paginator = super().get_paginator(*args, **kwargs)
        if self.lists_articles and self.may_explore_all and not self.is_searching and not self.is_filtering:
            hidden = articles_of(self.parent_page).filter(translation_key__in=self.hidden_texts)
            paginator.count = self.parent_page.numchild - hidden.count()  # else they are counted
        return paginator

    def get_side_panels(self) -> MediaContainer:
        """None: the newsroom's own page is seldom edited, and has them in its editor."""
        return MediaContainer()


class ArticleViewSet(SearchedPageViewSet):
    """The views of articles; the explorer is that of their parents."""

    model = NewsArticle
    index_view_class = NewsroomExplorerView
    filterset_class = ArticleFilterSet
