"""The addresses that no page can have, because the site uses them.

They come from the URL configuration and from what pages serve below their own address (`BasePage.reserved_slugs`). An
address is reserved in all languages, since a translation is created with the slug of its original.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from iom.navigation.translation_tree import HOME_DEPTH

PAGE_URL_NAME = "wagtail_serve"


def is_reserved(slug: str, parent: Page) -> bool:
    """Whether a page with that slug below `parent` could not be reached, or would hide another view."""
    if parent is None or parent.depth < HOME_DEPTH:
        return False  # the slug of a home page is its language
    if not hasattr(parent, "reserved_slugs"):
        parent = parent.specific_deferred
    below_home = parent.url_path.split("/", 2)[2]
    return slug in parent.reserved_slugs() or any(
        _resolves_to_other_view(language, f"/{language}/{below_home}{slug}/") for language, _name in settings.LANGUAGES
    )


def _resolves_to_other_view(language: str, path: str) -> bool:
    with translation.override(language):
        try:
            return resolve(path).url_name != PAGE_URL_NAME
        except Resolver404:
            return False  # not a slug, which the field itself refuses


def validate_not_reserved(slug: str, parent: Page) -> None:
    """Raises ValidationError if a page with that slug below `parent` would have a reserved address."""
    if is_reserved(slug, parent):
        raise ValidationError(
            _("The address “%(slug)s” is used by the site itself. Choose another address."), params={"slug": slug}
        )
