"""From an original to something a translator can work on: its segments, a draft in the other language, its state."""

from typing import Any

from django.db import transaction
from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from iom.translation import log, progress
from iom.translation.models import JointPublication, Original, TranslationState
from iom.translation.source import store


class SectionNotTranslated(Exception):
    """The page above it has no translation yet, so that there is no place for this one."""


class NotAnOriginal(Exception):
    """What is itself a translation is not submitted."""


def translation_of(page: Page) -> Translation | None:
    """The translation that `page` is, if it is one."""
    return (
        Translation.objects.filter(
            source__object_id=page.translation_key, target_locale_id=page.locale_id, enabled=True
        )
        .select_related("source", "target_locale")
        .first()
    )


def is_translation(page: Page) -> bool:
    """Also one that has been taken out of the desk's hands: it still is of its original."""
    return TranslationState.objects.filter(page=page.pk).exists() or translation_of(page) is not None


def text_to_translate(page: Page) -> Page:
    """The page as readers have it or, where that lies ahead, will have it; a draft only of what has no readers yet."""
    waiting = JointPublication.objects.filter(page=page.pk).select_related("revision").first()
    revision = waiting.revision if waiting else page.scheduled_revision
    if revision is not None:
        return revision.as_object()
    return page.specific if page.live else page.get_latest_revision_as_object()


def is_given_up(page: Page, locale: Locale) -> bool:
    """Whether someone has stopped or deleted the translation: no publication begins it anew."""
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=locale, enabled=False
    ).exists()


def is_stopped(page: Page, locale: Locale) -> bool:
    """Whether the translation is out of the desk's hands. One that was deleted is begun anew on request."""
    return TranslationState.objects.filter(original=page.pk, locale=locale, translation__enabled=False).exists()


def other_locales(page: Page) -> list[Locale]:
    """The languages that an original has to be translated into."""
    return list(Locale.objects.exclude(pk=page.locale_id))


@transaction.atomic
def submit(original: Page, locale: Locale, user: Any = None) -> TranslationState:
    """The state of the translation of `original` into `locale`, begun if it was not, with the segments it now has.

    `original` may be a draft (`get_latest_revision_as_object()`): what is to be translated is what it says. Nothing is
    published. Raises SectionNotTranslated and NotAnOriginal, before anything is written.
    """
    original = original.specific
    if is_translation(original):
        raise NotAnOriginal(str(original))
    target = original.get_translation_or_none(locale)
    if target is not None and target.alias_of_id:
        raise SectionNotTranslated(str(original))
    is_new = target is None
    if target is None:
        try:
            target = original.copy_for_translation(locale)
        except ParentNotTranslatedError as error:
            raise SectionNotTranslated(str(original)) from error
        # Wagtail copies the author's, who could then delete what translators write.
        Page.objects.filter(pk=target.pk).update(owner=None)
    source = store(original)
    translation, _created = Translation.objects.get_or_create(source=source, target_locale=locale)
    if is_new and not translation.enabled:  # it was deleted, and is wanted again
        translation.enabled = True
        translation.save(update_fields=["enabled"])
    row, _created = Original.objects.get_or_create(
        page_id=original.pk,
        defaults={"translation_key": original.translation_key, "locale_id": original.locale_id},
    )
    state, created = TranslationState.objects.get_or_create(
        translation=translation, defaults={"original": row, "page_id": target.pk, "locale": locale}
    )
    state = progress.recount(state)
    if created:
        log.note(state, log.SUBMIT, user)
        _submit_what_waited(original, locale, user)
    return state


def _submit_what_waited(section: Page, locale: Locale, user: Any) -> None:
    """The published pages right below, which had no place until their section had one."""
    waiting = section.get_children().live().exclude(translation_key__in=_translated_keys(locale))
    for child in waiting.specific():
        if not is_translation(child) and Original.objects.filter(page=child).exists():
            submit(child, locale, user)


def _translated_keys(locale: Locale) -> Any:
    return Translation.objects.filter(target_locale=locale).values("source__object_id")
