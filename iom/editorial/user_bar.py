"""The items of Wagtail's user bar on a public page beside "Edit this page"."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext
from wagtail.admin.userbar import BaseItem, EditPageItem
from wagtail.models import Page

from iom import languages
from iom.screens import edit_address


class LinkItem(BaseItem):
    """A link into the admin."""

    template_name = "editorial/user_bar_link.html"

    def __init__(self, address: str, label: str | Promise) -> None:
        super().__init__()
        self.address, self.label = address, label


def offer_translations(request: HttpRequest, items: list[Any], page: Page | None) -> None:
    """Adds links to edit the page in other languages, as far as permitted: translators may not edit originals."""
    index = next((number for number, item in enumerate(items) if isinstance(item, EditPageItem)), None)
    if page is None or index is None:
        return
    label = gettext("Edit this page in %(language)s")
    others = page.get_translations().filter(alias_of=None).select_related("locale").specific().defer_streamfields()
    items[index + 1 : index + 1] = [
        LinkItem(edit_address(other.pk), label % {"language": languages.name(other.locale.language_code)})
        for other in others.order_by("locale")
        if other.permissions_for_user(request.user).can_edit()
    ]
