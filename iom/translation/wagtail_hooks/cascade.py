from wagtail import hooks
from wagtail.admin.viewsets.pages import PageViewSet

from iom.translation.desk.explorer import ListedPageViewSet
from iom.translation.workflow import bulk_actions, page_views


class PagesWithTranslations(ListedPageViewSet):
    """What is done to an original is done to its translations, and said beforehand."""

    unpublish_view_class = page_views.UnpublishWithTranslationsView
    delete_view_class = page_views.DeleteWithTranslationsView
    move_confirm_view_class = page_views.MoveWithTranslationsView
    set_privacy_view_class = page_views.SetPrivacyOfBothView


@hooks.register("register_admin_viewset", order=10)  # after Wagtail's, in whose place it comes
def pages_with_their_translations() -> PageViewSet:
    return PagesWithTranslations()


hooks.register("register_bulk_action", bulk_actions.UnpublishWithTranslations, order=10)
hooks.register("register_bulk_action", bulk_actions.DeleteWithTranslations, order=10)
hooks.register("register_bulk_action", bulk_actions.MoveWithTranslations, order=10)
