"""Which pages, and which title of each, a user of the admin may see.

Users with a page permission who write originals see drafts, changed titles and private pages; other users with a
permission see them where the page is a translation (`NewsroomPermissionTester.can_view`). Users who see the
translation of a submitted original see the title that was submitted. All others see the title that visitors read, or
none. Nobody sees the title of a draft that is limited to other users (`iom.core.draft_limits`).
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import cached_property, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from rest_framework.fields import Field
from wagtail.admin.api.serializers import PageAncestorsField, PageTranslationsField
from wagtail.models import Page, PageLogEntry, PageViewRestriction
from wagtail.models.pages import PageLogEntryManager
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation, TranslationSource

from iom.contacts.policy import offices_of
from iom.core.draft_limits import texts_hidden_from
from iom.core.offices import office_condition
from iom.core.permissions import NewsroomPermissionTester
from iom.listing.models import Entry
from iom.navigation.translation_tree import HOME_DEPTH
from iom.users import WRITES_ORIGINALS
from iom.users.models import User
from iom.withdrawal.reading import protected_texts

ROOT_DEPTH = 1  # of the page above the home pages
ACTIONS = {"add", "change", "publish", "lock", "unlock", "bulk_delete"}

_reader: ContextVar["Reader | None"] = ContextVar("reader of the admin", default=None)


class Reader:
    """The user for whom a response of the admin is being made."""

    def __init__(self, user: User | AnonymousUser) -> None:
        self.user = user

    @cached_property
    def private_texts(self) -> set[UUID]:
        """The translation keys of all private pages. One query, and another one if a section is private."""
        restricted = PageViewRestriction.objects.values("page__translation_key")
        pages = list(Page.objects.filter(translation_key__in=restricted).only("path", "numchild", "translation_key"))
        keys = {page.translation_key for page in pages}
        if sections := [Q(path__startswith=page.path) for page in pages if page.numchild]:
            below = Page.objects.filter(reduce(or_, sections))
            keys |= set(below.order_by().values_list("translation_key", flat=True))
        return keys

    @cached_property
    def writes_originals(self) -> bool:
        return self.user.has_perm(WRITES_ORIGINALS)

    def can_view(self, page: Page) -> bool:
        return NewsroomPermissionTester(self.user, page).can_view()

    def is_public(self, page: Page) -> bool:
        expired = page.expire_at is not None and page.expire_at <= timezone.now()
        return page.live and not expired and page.translation_key not in self.private_texts

    def submitted_title(self, page: Page) -> str | None:
        """Returns the title with which an original was submitted, if the reader may see its translation."""
        translations = Translation.objects.filter(
            source__object_id=page.translation_key, source__locale=page.locale_id
        )
        for translation in translations.filter(enabled=True).select_related("source"):
            target = Page.objects.filter(
                translation_key=page.translation_key, locale=translation.target_locale_id
            ).first()
            if target is not None and self.can_view(target):
                return translation.source.object_repr
        return None


def get_reading_user() -> User | AnonymousUser | None:
    """Returns the user for whom a response of the admin is being made; None elsewhere."""
    reader = _reader.get()
    return reader.user if reader else None


def get_admin_title(page: Page) -> str:
    """Replaces Wagtail's `Page.get_admin_display_title`, which shows the title of the draft to everyone."""
    latest = page.draft_title or page.title
    if page.depth == ROOT_DEPTH:
        return gettext("All pages")  # « Root » in all languages
    reader = _reader.get()
    if reader is None or (reader.writes_originals and reader.can_view(page)):
        return latest  # without a query
    if (latest == page.title and reader.is_public(page)) or reader.can_view(page):
        return latest
    if reader.is_public(page):
        return page.title
    return reader.submitted_title(page) or gettext("A page that is not public")


Page.get_admin_display_title = get_admin_title


def _translation_keys() -> QuerySet[Any]:
    # The subquery starts from the source. Otherwise SQLite reads all translations into the language for each page.
    sources = TranslationSource.objects.filter(object_id=OuterRef("translation_key"))
    pairs = sources.filter(translations__enabled=True, translations__target_locale=OuterRef("locale"))
    return correlated_keys(Page.objects.filter(Exists(pairs)))


def correlated_keys(pages: QuerySet[Any], field: str = "pk") -> QuerySet[Any]:
    """Returns a subquery with the keys of the pages, for the condition `field__in`.

    It is correlated with the row of the outer query: the database evaluates it for each row that a list reads and not
    for all pages. A condition on keys also works in a search, which can only be filtered by ids.
    """
    return pages.filter(pk=OuterRef(field)).order_by().values("pk")


def hidden_texts(user: Any) -> frozenset[UUID]:
    """Returns the translation keys of texts that are hidden from the user whatever their page permissions.

    These are drafts that are limited to others, and texts that were withdrawn for protection.
    """
    protected = frozenset() if user.has_perm("users.retire_page") else protected_texts()
    return texts_hidden_from(user) | protected


class ViewablePagesPolicy(PagePermissionPolicy):
    """Answers for many pages what NewsroomPermissionTester answers for one.

    Users who do not write originals have permissions on translations only. Explorer, search, the admin's API, reports
    and history list only pages that the user may see.
    """

    def user_has_any_permission_for_instance(self, user: Any, actions: set[str], instance: Page) -> bool:
        return (
            super().user_has_any_permission_for_instance(user, actions, instance)
            and NewsroomPermissionTester(user, instance).is_accessible()
        )

    def instances_user_has_any_permission_for(self, user: User | AnonymousUser, actions: set[str]) -> QuerySet[Page]:
        """Limits the pages to those of the offices for which the user works."""
        pages = self._viewable_with_permission(user, actions)
        offices = offices_of(user)
        return pages if offices is None else pages.filter(office_condition(offices))

    def _viewable_with_permission(self, user: User | AnonymousUser, actions: set[str]) -> QuerySet[Page]:
        return self._with_permission(user, actions).exclude(translation_key__in=hidden_texts(user))

    def _with_permission(self, user: User | AnonymousUser, actions: set[str]) -> QuerySet[Page]:
        if not user.has_perm(WRITES_ORIGINALS):
            return super().instances_user_has_any_permission_for(user, actions).filter(pk__in=_translation_keys())
        depth = self._depth_of_all(user, actions)
        if depth:
            return Page.objects.filter(depth__gte=depth)
        return super().instances_user_has_any_permission_for(user, actions)

    def accessible_to(self, user: Any) -> Q:
        """Returns `NewsroomPermissionTester.is_accessible` as a condition on pages."""
        hidden, offices = hidden_texts(user), offices_of(user)
        not_hidden = ~Q(translation_key__in=hidden) if hidden else Q()
        return not_hidden if offices is None else not_hidden & office_condition(offices)

    def can_view_all(self, user: Any) -> bool:
        """Whether the user may see all pages, so that a list needs no condition.

        True for users who write originals and have a permission on each home page. Cached on the user.
        """
        if not hasattr(user, "can_view_all_pages"):
            writes_all = user.has_perm(WRITES_ORIGINALS) and bool(self._depth_of_all(user, ACTIONS))
            can_view_all = user.is_superuser or (writes_all and not hidden_texts(user))
            user.can_view_all_pages = user.is_active and can_view_all
        return user.can_view_all_pages

    def _depth_of_all(self, user: Any, actions: set[str]) -> int:
        """Returns the depth from which the user has one of these permissions on all pages; 0 if there is none.

        Such users need no condition on paths. It would be true for all pages, and the database would read them all.
        """
        codenames = self._get_permission_codenames(actions)
        permissions = self.get_cached_permissions_for_user(user)
        paths = tuple(one.page.path for one in permissions if one.permission.codename in codenames)
        if paths and not hasattr(user, "home_paths"):
            homes = Page.objects.filter(depth=HOME_DEPTH).order_by().values_list("path", flat=True)
            user.home_paths = list(homes)
        has_all = bool(paths) and all(path.startswith(paths) for path in user.home_paths)
        return min(map(len, paths)) // Page.steplen if has_all else 0

    def can_view_deleted(self, user: Any) -> bool:
        """Whether Wagtail shows the history of deleted pages: it needs a permission above the home pages."""
        permissions = self.get_cached_permissions_for_user(user)
        return user.is_superuser or any(one.page.depth == ROOT_DEPTH for one in permissions)

    def explorable_instances(self, user: User | AnonymousUser) -> QuerySet[Page]:
        """Adds pages of other offices, and for translators public pages: a translation may be below an original."""
        if self.can_view_all(user):
            return Page.objects.all()
        pages = super().explorable_instances(user)
        if offices_of(user) is not None:
            return pages | self._viewable_with_permission(user, ACTIONS)
        if user.has_perm(WRITES_ORIGINALS):
            return pages
        others = super().instances_user_has_any_permission_for(user, ACTIONS).filter(pk__in=public_page_keys())
        return Page.objects.filter(Q(pk__in=correlated_keys(others)) | Q(pk__in=correlated_keys(pages)))


def public_page_keys() -> QuerySet[Any]:
    """Returns the keys of the pages that visitors see, as `correlated_keys`."""
    return correlated_keys(Entry.objects.shown())


def viewable_log_entries(self: Any, user: Any) -> QuerySet[PageLogEntry]:
    """Replaces Wagtail's `PageLogEntry.objects.viewable_by_user`: entries contain titles of drafts."""
    policy = policy_registry.get_by_type(Page)
    if not policy.can_view_all(user):
        pages = policy.instances_user_has_any_permission_for(user, ACTIONS)
        return self.filter(page__in=correlated_keys(pages, "page"))
    if policy.can_view_deleted(user):
        return _viewable_by_user(self, user)
    return self.filter(Exists(Page.objects.filter(pk=OuterRef("page")).order_by()))


_viewable_by_user = PageLogEntryManager.viewable_by_user
PageLogEntryManager.viewable_by_user = viewable_log_entries


def _limit_to_listed(field: type[Field]) -> None:
    """Limits the translations or ancestors of a page in the admin's API to the pages that the API lists."""
    represent = field.to_representation

    def to_representation(self: Field, page: Page) -> list[dict[str, Any]]:
        related = represent(self, page)
        listed = self.context["base_queryset"].filter(pk__in=[one["id"] for one in related])
        listed_keys = set(listed.values_list("pk", flat=True))
        return [one for one in related if one["id"] in listed_keys]

    field.to_representation = to_representation


for _field in (PageTranslationsField, PageAncestorsField):
    _limit_to_listed(_field)


class AdminReaderMiddleware:
    """Sets the reader while a response of the admin is made."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.admin = reverse("wagtailadmin_home")

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(self.admin):
            return self.get_response(request)
        token = _reader.set(Reader(request.user))
        try:
            return self.get_response(request)
        finally:
            _reader.reset(token)
