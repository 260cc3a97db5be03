"""The addresses that no page can have: something else of the site stands there.

They come from the URL configuration and from what pages serve below their own address (`BasePage.reserved_slugs`). An
address that is taken in one language is taken in all of them, since a translation begins with the address of its
original.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from iom.navigation.translation_tree import HOME_DEPTH

PAGES = "wagtail_serve"  # the name of the one address at which pages stand


def is_reserved(slug: str, parent: Any) -> bool:
    """Whether a page of that slug below `parent` would not be found, or would hide something else."""
    if parent is None or parent.depth < HOME_DEPTH:
        return False  # a home page stands at its language
    if not hasattr(parent, "reserved_slugs"):
        parent = parent.specific
    below_home = parent.url_path.split("/", 2)[2]
    return slug in parent.reserved_slugs() or any(
        _is_elsewhere(language, f"/{language}/{below_home}{slug}/") for language, _name in settings.LANGUAGES
    )


def _is_elsewhere(language: str, path: str) -> bool:
    with translation.override(language):
        try:
            return resolve(path).url_name != PAGES
        except Resolver404:
            return False  # no slug at all, which its own field refuses


def refuse_reserved(slug: str, parent: Any) -> None:
    """Raises ValidationError, in words for an editor, where `is_reserved`."""
    if is_reserved(slug, parent):
        raise ValidationError(
            _("The site itself needs the address “%(slug)s” here. Choose another."), params={"slug": slug}
        )
