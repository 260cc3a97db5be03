"""Wagtail's page listings and page editor, with the state of each page's translations."""

from typing import Any

from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.components import MediaContainer
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.revisions import RevisionsRevertView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from iom.core import scheduling
from iom.core.translation_role import Role, role_of
from iom.publishing.approval import ApprovalMixin
from iom.translation.desk import listing
from iom.translation.desk.instructions import InstructionsForm
from iom.translation.workflow import instructions, page_order, page_views, policy
from iom.translation.workflow.page_views import AtomicPublishingMixin


class TranslationColumn(Column):
    """The languages of a page, and the progress of its translations."""

    cell_template_name = "translation/desk/translation_cell.html"


COLUMN = TranslationColumn("translation", label=_("Translation"), accessor="translation_lines", width="18%")


class TranslationColumnMixin:
    """A listing of pages whose translation column is filled for all rows at once."""

    def get_table(self: Any, object_list: Any) -> Any:
        listing.add_translation_lines(list(object_list), self.request.user)
        return super().get_table(object_list)  # type: ignore[misc]


class StateMixin(TranslationColumnMixin):
    """Adds the scheduled times as well (templates/wagtailadmin/pages/listing/_page_status_cell.html)."""

    def get_table(self, object_list: Any) -> Any:
        scheduling.add_scheduled_times(list(object_list))
        return super().get_table(object_list)


class ExplorerView(StateMixin, ExplorableIndexView):
    base_columns = [*ExplorableIndexView.base_columns, COLUMN]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """While pages are reordered, offers their order for the other languages in a message."""
        if self.show_ordering_column and not self.results_only and not self.parent_page.is_root():
            others = page_order.translations_to_reorder(self.parent_page, self.request.user)
            names = ", ".join(other.locale.get_display_name() for other in others)
            offer = {"page": self.parent_page, "languages": names}
            if others:
                text = render_to_string("translation/desk/same_order.html", offer, request=self.request)
                messages.info(self.request, text)
        return super().get_context_data(**kwargs)


class PagesOfTypeView(StateMixin, ContentTypeUseView):
    base_columns = [*ContentTypeUseView.base_columns, COLUMN]


class PageSearchView(StateMixin, SearchView):
    columns = [*SearchView.columns[:-1], COLUMN, SearchView.columns[-1]]  # the link to the child pages stays last
    verbose_name, verbose_name_plural = Page._meta.verbose_name, Page._meta.verbose_name_plural  # else « 12 None »


class RevertView(AtomicPublishingMixin, RevisionsRevertView):
    pass


class TranslationSidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Show or hide translations")
        icon_name = "wagtail-localize-language"
        has_counter = False

    name = "translation"
    title = _("Translation")
    template_name = "translation/desk/side_panel.html"
    order = 150  # after the status

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        if not self.object.pk:
            return context  # Wagtail fills the panel once the page has been saved
        user = self.request.user
        context["lines"] = listing.TranslationLines([self.object], user).for_page(self.object)
        context["is_submitted_when_published"] = any(not line.is_deleted for line in context["lines"])
        context["may_submit"] = policy.may_submit(user, self.object)
        if context["may_submit"]:
            context["form"] = InstructionsForm(instance=instructions.for_page(self.object))
        context["csrf_token"] = get_token(self.request)
        return context


class TranslationPanelMixin:
    """Adds the translation panel, and the panels that the hook `page_side_panels(page, request)` returns."""

    def get_side_panels(self: Any) -> MediaContainer:
        panels = super().get_side_panels()  # type: ignore[misc]
        if role_of(self.page) not in (Role.ALIAS, Role.TRANSLATION):  # a translation has an editor of its own
            panels.append(TranslationSidePanel(self.page, self.request))
        for more in hooks.get_hooks("page_side_panels"):
            panels.extend(more(self.page, self.request))
        return panels


class PageEditView(TranslationPanelMixin, ApprovalMixin, AtomicPublishingMixin, EditView):
    @cached_property
    def header_buttons(self) -> list[Any]:
        """The buttons beside the title, from the hook `page_editor_buttons(page, user)`."""
        found = (hook(self.page, self.request.user) for hook in hooks.get_hooks("page_editor_buttons"))
        return [button for buttons in found for button in buttons]


class PageCreateView(TranslationPanelMixin, AtomicPublishingMixin, CreateView):
    """The create view. Its panel is filled once the page has been saved and the screen continues as the editor."""


class TranslatedPageViewSet(PageViewSet):
    """The admin views of all page types, with the desk's listings and editor, and with translations that follow."""

    index_view_class = ExplorerView
    content_type_use_view_class = PagesOfTypeView
    search_view_class = PageSearchView
    add_view_class = PageCreateView
    edit_view_class = PageEditView
    revisions_revert_view_class = RevertView
    revisions_unschedule_view_class = page_views.UnscheduleView
    unpublish_view_class = page_views.UnpublishWithTranslationsView
    delete_view_class = page_views.DeleteWithTranslationsView
    move_confirm_view_class = page_views.MoveWithTranslationsView
    set_privacy_view_class = page_views.SetPrivacyWithTranslationsView
