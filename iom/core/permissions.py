"""What a user may do with a page: Wagtail's page permissions, and the two that it does not tell apart."""

from wagtail.models import PagePermissionTester


class NewsroomPermissionTester(PagePermissionTester):
    """Publishing alone does not allow taking down: that needs `users.retire_page` as well."""

    def _may_retire(self) -> bool:
        return self.user.is_active and self.user.has_perm("users.retire_page")

    def can_unpublish(self) -> bool:
        return self._may_retire() and super().can_unpublish()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        never_published = not self.page.live and self.page.first_published_at is None
        own_draft = never_published and self.page.owner_id == self.user.pk
        return (self._may_retire() or own_draft) and super().can_delete(ignore_bulk)

    def can_move(self) -> bool:
        return self._may_retire() and super().can_move()


class HomePermissionTester(NewsroomPermissionTester):
    """A home page is edited, published and reordered only with `users.edit_home`, and never deleted or moved."""

    def _may_edit_home(self) -> bool:
        return self.user.is_active and self.user.has_perm("users.edit_home")

    def can_edit(self) -> bool:
        return self._may_edit_home() and super().can_edit()

    def can_publish(self) -> bool:
        return self._may_edit_home() and super().can_publish()

    def can_unpublish(self) -> bool:
        return False

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return False

    def can_move(self) -> bool:
        return False

    def can_reorder_children(self) -> bool:
        return self._may_edit_home() and super().can_reorder_children()
