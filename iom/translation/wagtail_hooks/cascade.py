from wagtail import hooks
from wagtail.admin.viewsets.pages import PageViewSet

from iom.translation.desk.explorer import ListedPageViewSet
from iom.translation.views import bulk, cascade


class PagesWithTranslations(ListedPageViewSet):
    """What is done to an original is done to its translations, and said beforehand."""

    unpublish_view_class = cascade.UnpublishWithTranslationsView
    delete_view_class = cascade.DeleteWithTranslationsView
    move_confirm_view_class = cascade.MoveWithTranslationsView
    set_privacy_view_class = cascade.SetPrivacyOfBothView


@hooks.register("register_admin_viewset", order=10)  # after Wagtail's, in whose place it comes
def pages_with_their_translations() -> PageViewSet:
    return PagesWithTranslations()


hooks.register("register_bulk_action", bulk.UnpublishWithTranslations, order=10)
hooks.register("register_bulk_action", bulk.DeleteWithTranslations, order=10)
hooks.register("register_bulk_action", bulk.MoveWithTranslations, order=10)
