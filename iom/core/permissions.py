"""The permissions of a user on a page: Wagtail's page permissions with the site's own conditions."""

from typing import Any

from wagtail.models import Page, PagePermissionTester

from iom.contacts.policy import offices_of, works_for
from iom.core.draft_limits import texts_hidden_from
from iom.core.offices import has_office, office_of
from iom.core.translation_role import Role, role_of
from iom.users import WRITES_ORIGINALS
from iom.withdrawal.reading import is_hidden_from


class NewsroomPermissionTester(PagePermissionTester):
    """Adds the site's own conditions to Wagtail's page permissions.

    - Unpublishing, moving and deleting need `users.retire_page` as well.
    - Without `users.write_original` a user may work on translations only: a translator into English may not edit an
      English original.
    - A user who belongs to offices works on the texts of these offices only (`iom.contacts.policy`).
    - Nobody works on a draft that is limited to others (`iom.core.draft_limits`).
    """

    def __init__(self, user: Any, page: Page) -> None:
        super().__init__(user, page)
        self.is_hidden = user.is_active and not page.live and is_hidden_from(user, page.translation_key)
        if self.is_hidden:
            self.permissions: set[str] = set()

    def _may_retire(self) -> bool:
        return self.user.is_active and self.user.has_perm("users.retire_page")

    def may_write_originals(self) -> bool:
        return self.user.is_active and self.user.has_perm(WRITES_ORIGINALS)

    def _is_translation(self) -> bool:
        """Whether the page is a translation of an original. Lists set `is_translation` for all their pages at once."""
        if not hasattr(self.page, "is_translation"):
            self.page.is_translation = role_of(self.page) == Role.TRANSLATION
        return self.page.is_translation

    def is_limited(self) -> bool:
        """Whether the page is a draft that is limited to other people."""
        return self.page.translation_key in texts_hidden_from(self.user)

    def is_accessible(self) -> bool:
        """Whether the user works for the office of the page and may see its draft."""
        if offices_of(self.user) is not None and not works_for(self.user, office_of(self.page)):
            return False
        return not self.is_hidden and not self.is_limited()

    def _may_write(self) -> bool:
        return (self.may_write_originals() or self._is_translation()) and self.is_accessible()

    def can_view(self) -> bool:
        """Whether the user may see the page and its draft before it is public (`iom.core.admin_visibility`)."""
        if self.is_limited():
            return False
        has_permission = self.user.is_active and (self.user.is_superuser or bool(self.permissions))
        if has_permission and (self.may_write_originals() or self._is_translation()):
            return True
        return self.can_edit()  # a reviewer of the page can

    def can_edit(self) -> bool:
        return super().can_edit() and self._may_write()

    def can_withdraw(self) -> bool:
        """Needs the right to write originals, because all translations are withdrawn as well."""
        return self._can_be_withdrawn() and self.may_write_originals() and self.can_publish()

    def can_ask_for_withdrawal(self) -> bool:
        return self._can_be_withdrawn() and not self.can_withdraw() and self.can_view()

    def _can_be_withdrawn(self) -> bool:
        """Whether readers have the page, and its type can be withdrawn."""
        return self.page.specific_class.may_be_withdrawn and self.page.live and self.page.alias_of_id is None

    def can_restore(self) -> bool:
        """Whether the user may restore the page after it has been withdrawn."""
        return self.page.specific_class.may_be_withdrawn and self._may_retire() and self.can_publish()

    def can_publish(self) -> bool:
        return super().can_publish() and self._may_write()

    def can_add_subpage(self) -> bool:
        """Lets users who belong to offices add only page types that have an office."""
        if not super().can_add_subpage():
            return False
        return offices_of(self.user) is None or all(
            map(has_office, self.page.specific_class.creatable_subpage_models())
        )

    def can_view_revisions(self) -> bool:
        """Requires what Wagtail's history view requires."""
        return super().can_view_revisions() and (self.can_edit() or self.can_publish())

    def can_publish_subpage(self) -> bool:
        return self.may_write_originals() and super().can_publish_subpage()

    def can_submit_for_moderation(self) -> bool:
        return self.may_write_originals() and self.is_accessible() and super().can_submit_for_moderation()

    def can_lock(self) -> bool:
        return self.is_accessible() and super().can_lock()

    def can_unlock(self) -> bool:
        return self.is_accessible() and super().can_unlock()

    def can_set_view_restrictions(self) -> bool:
        return self.may_write_originals() and super().can_set_view_restrictions()

    def can_unschedule(self) -> bool:
        return self.may_write_originals() and super().can_unschedule()

    def can_reorder_children(self) -> bool:
        return self.may_write_originals() and self.is_accessible() and super().can_reorder_children()

    def can_unpublish(self) -> bool:
        return self._may_retire() and self.is_accessible() and super().can_unpublish()

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        never_published = not self.page.live and self.page.first_published_at is None
        is_mine = self.page.owner_id == self.user.pk and self.may_write_originals()
        # Translators maintain a translation, even if another user is recorded as its owner.
        own_draft = never_published and is_mine and not self._is_translation()
        return (self._may_retire() or own_draft) and self.is_accessible() and super().can_delete(ignore_bulk)

    def can_move(self) -> bool:
        return self._may_retire() and super().can_move()

    def can_copy(self) -> bool:
        return self.may_write_originals() and super().can_copy()

    def can_copy_to(self, destination: Page, recursive: bool = False) -> bool:
        """Only within its language; below another home page, readers would get text in the wrong language."""
        return destination.locale_id == self.page.locale_id and super().can_copy_to(destination, recursive)


class HomePermissionTester(NewsroomPermissionTester):
    """Limits a home page to users with `users.edit_home`; a translated one also to translators into its language.

    Nobody deletes, moves, copies or unpublishes a home page.
    """

    def _may_edit_home(self) -> bool:
        is_for_translators = not self.may_write_originals() and self._is_translation()
        return self.user.is_active and (self.user.has_perm("users.edit_home") or is_for_translators)

    def can_edit(self) -> bool:
        return self._may_edit_home() and super().can_edit()

    def can_publish(self) -> bool:
        return self._may_edit_home() and super().can_publish()

    def _forbid(self, *args: Any, **kwargs: Any) -> bool:
        return False

    can_unpublish = can_delete = can_move = can_copy = _forbid

    def can_reorder_children(self) -> bool:
        return self._may_edit_home() and super().can_reorder_children()
