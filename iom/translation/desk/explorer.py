"""Wagtail's page listings and page editor with what the desk knows of each page."""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from iom.publishing import locking
from iom.translation.desk import listing
from iom.translation.desk.side_panel import TranslationSidePanel


class TranslationColumn(Column):
    """In which languages a page is, and how far it is in the others."""

    cell_template_name = "translation/desk/translation_cell.html"


COLUMN = TranslationColumn("translation", label=_("Translation"), accessor="told", width="18%")


class TellsOfTranslations:
    """A listing of pages with the column, filled for all of its rows at once."""

    def get_table(self: Any, object_list: Any) -> Any:
        listing.tell(list(object_list), self.request.user)
        return super().get_table(object_list)  # type: ignore[misc]


class ExplorerView(TellsOfTranslations, ExplorableIndexView):
    base_columns = [*ExplorableIndexView.base_columns, COLUMN]


class PagesOfTypeView(TellsOfTranslations, ContentTypeUseView):
    base_columns = [*ContentTypeUseView.base_columns, COLUMN]


class PageSearchView(TellsOfTranslations, SearchView):
    columns = [*SearchView.columns[:-1], COLUMN, SearchView.columns[-1]]  # the way to the child pages stays last
    verbose_name, verbose_name_plural = Page._meta.verbose_name, Page._meta.verbose_name_plural  # else « 12 None »


class PublishesAtOnce:
    """What follows from a publication happens in its transaction, or neither does: Wagtail’s views begin none."""

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().dispatch(*args, **kwargs)  # type: ignore[misc]
        except ObjectDoesNotExist as error:
            raise Http404 from error  # another has deleted it at the same moment

    @locking.atomic
    def publish_action(self: Any) -> HttpResponse:
        if self.page.first_published_at is None:
            locking.lock_tree()  # its translations come into being
        if self.page.pk:
            locking.refresh_publication_fields(self.page)
        return super().publish_action()  # type: ignore[misc]

    @locking.atomic
    def save_action(self: Any) -> HttpResponse:
        """The editor saves by itself, also while its page is being published."""
        if self.page.pk:
            locking.refresh_publication_fields(self.page)
        return super().save_action()  # type: ignore[misc]

    @locking.atomic
    def submit_action(self: Any) -> HttpResponse:
        if self.page.pk:
            locking.refresh_publication_fields(self.page)
        return super().submit_action()  # type: ignore[misc]


class RevertView(PublishesAtOnce, RevisionsRevertView):
    pass


class HasTranslationPanel:
    def get_side_panels(self: Any) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]
        if TranslationSidePanel.is_for(self.page):
            panels.append(TranslationSidePanel(self.page, self.request))
        return panels


class PageEditView(HasTranslationPanel, PublishesAtOnce, EditView):
    pass


class PageCreateView(HasTranslationPanel, PublishesAtOnce, CreateView):
    """With the panel's place: the screen goes on as the editor of the page once that is saved."""


class ListedPageViewSet(PageViewSet):
    """The views of all types of page, with listings and editor as above; `wagtail_hooks.cascade` registers it."""

    index_view_class = ExplorerView
    content_type_use_view_class = PagesOfTypeView
    search_view_class = PageSearchView
    add_view_class = PageCreateView
    edit_view_class = PageEditView
    revisions_revert_view_class = RevertView
