"""Who may import: whoever may add articles to a newsroom, in its language."""

from typing import Any

from wagtail.models import Page
from wagtail.permissions import policy_registry

from newsroom.models import NewsIndex


def indexes(user: Any) -> dict[str, NewsIndex]:
    """The newsrooms to which the user may add articles, by language."""
    newsrooms = NewsIndex.objects.filter(alias_of=None).select_related("locale").order_by("-locale__language_code")
    return {one.locale.language_code: one for one in newsrooms if may_import_below(user, one)}


def may_import_below(user: Any, index: NewsIndex) -> bool:
    may = index.permissions_for_user(user)
    return user.has_perm("users.write_original") and may.can_add_subpage()


def may_add_pages(user: Any) -> bool:
    """Whether it is worth asking, without a query for each page of the admin."""
    pages = policy_registry.get_by_type(Page)
    return user.has_perm("users.write_original") and pages.user_has_permission(user, "add")
