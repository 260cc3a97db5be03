"""Receivers that unpublish, delete and move translations with their original.

Privacy needs no receiver: a page is as private as the strictest of it and its translations
(`iom.core.models.PrivacyMixin`).
"""

import logging
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from iom import languages
from iom.core.models import BasePage
from iom.core.reserved_slugs import validate_not_reserved
from iom.core.translation_role import Role, role_of
from iom.publishing import events
from iom.translation.content import segments
from iom.translation.models import TranslationState
from iom.translation.workflow import page_order, progress, publication

logger = logging.getLogger(__name__)


class MoveRefused(PermissionDenied):
    """A page cannot be moved there together with its translations. The message is for the user."""


def translations_of(page: Page) -> PageQuerySet:
    """Returns the translations of an original, including detached ones; none for a translation."""
    return Page.objects.filter(translation_state__original=page.pk).select_related("locale").order_by("locale")


def original_of(page: Page) -> Page | None:
    """Returns the original of a translation; None for any other page."""
    if role_of(page) != Role.TRANSLATION:
        return None
    state = TranslationState.objects.filter(page=page.pk).select_related("original__page").first()
    return state.original.page.specific_deferred if state else None


@receiver([events.unpublished, events.expired])
def unpublish_translations(sender: type[Page], page: Page, **kwargs: Any) -> None:
    """Unpublishes the translations. They are published again with their original, unless a user unpublished them."""
    states = TranslationState.objects.select_related("page", "translation__source")
    for state in states.filter(original=page.pk):
        translated = state.page
        if translated.live:
            has_expired = translated.expire_at is not None and translated.expire_at <= timezone.now()
            if not has_expired:  # the scheduler, which has unpublished its original, unpublishes it next
                action = UnpublishPageAction(translated.specific, set_expired=page.expired)
                action.execute(skip_permission_checks=True)
        elif translated.expired and page.expired:
            _prepare_republication(state)
        else:
            progress.recount(state)
    own = states.filter(page=page.pk, original__page__live=False).first()  # the page is a translation itself
    if own is not None:
        _prepare_republication(own)


def _prepare_republication(state: TranslationState) -> None:
    """Makes the last published text ready for the original's next publication. A newer text needs its translator."""
    last = state.translation.versions.exclude(published_at=None).select_related("published_by").first()
    words = segments.load_text(state.translation).digest
    if last is None or last.digest != words or not state.is_whole or not state.translation.enabled:
        return
    try:
        publication.save_draft(state, last.published_by)
    except ValidationError as error:  # the original is unpublished all the same
        logger.warning("The translation %s will not be published again with its original: %s", state.pk, error)
        return
    state.ready = True
    progress.recount(state, "ready")


@receiver(events.deleted)
def delete_translations(sender: type[Page], page: Page, **kwargs: Any) -> None:
    for translation in translations_of(page):
        DeletePageAction(translation).execute(skip_permission_checks=True)


def check_move(page: Page, destination: Page) -> None:
    """Raises MoveRefused if a translation could not follow, or if the page is a translation that would leave its
    original."""
    original = original_of(page)
    if original is not None:
        if destination.translation_key != original.get_parent().translation_key:
            text = gettext(
                "A translation has the same place in the tree as its original. Move the original, “%(title)s”."
            )
            raise MoveRefused(text % {"title": original.get_admin_display_title()})
        return
    try:
        validate_not_reserved(page.slug, destination)
    except ValidationError as error:
        raise MoveRefused(" ".join(error.messages)) from error
    for translation in _translations_below(page, page.get_parent()):
        place = _translated_section(destination, translation.locale)
        title = destination.specific_deferred.get_admin_display_title()
        words = {"destination": title, "language": languages.name(translation.locale.language_code)}
        if place is None:
            text = gettext(
                "Nothing has been moved. “%(destination)s” has no translation (%(language)s). Have it translated, "
                "then move this page."
            )
            raise MoveRefused(text % words)
        if not BasePage._slug_is_available(translation.slug, place, page=translation):
            text = gettext(
                "Nothing has been moved. Below “%(destination)s” (%(language)s), another page already has the address "
                "of the translation, “%(slug)s”. Change one of the two addresses first."
            )
            raise MoveRefused(text % (words | {"slug": translation.slug}))


def _translations_below(page: Page, parent: Page) -> list[Page]:
    """Returns the translations of a page that are below a translation of `parent`. Others were moved by hand."""
    pages = list(translations_of(page))
    return [each for each in pages if each.get_parent().translation_key == parent.translation_key]


def _translated_section(page: Page, locale: Locale) -> Page | None:
    return Page.objects.filter(translation_key=page.translation_key, locale=locale, alias_of=None).first()


@receiver(events.moving)
def check_translations_can_move(
    sender: type[Page], page: Page, parent_before: Page, parent_after: Page, **kwargs: Any
) -> None:
    """Refuses a move that `check_move` refuses. The admin calls it beforehand and shows the reason."""
    if parent_before != parent_after:
        check_move(page, parent_after)


@receiver(events.moved)
def move_translations(sender: type[Page], page: Page, parent_before: Page, parent_after: Page, **kwargs: Any) -> None:
    if parent_before == parent_after:
        page_order.sync_menu_order(parent_after)
        return
    for translation in _translations_below(page, parent_before):
        place = _translated_section(parent_after, translation.locale)
        if place is not None:
            MovePageAction(translation, place, pos="last-child").execute(skip_permission_checks=True)
    if original_of(page) is None:  # a translation is sorted with its original
        page_order.sync_menu_order(parent_after)
