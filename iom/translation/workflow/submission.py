"""Submission of an original for translation: creates its segments, a draft in another language, and the state."""

from contextlib import suppress
from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy
from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from iom.core.translation_role import role_of
from iom.navigation.locales import site_locales
from iom.publishing import jobs, locking
from iom.translation.content import earlier_translations, segments
from iom.translation.content.segments import Text
from iom.translation.content.source import update_or_create_source
from iom.translation.glossary import non_translatable
from iom.translation.memory import pretranslation
from iom.translation.models import JointPublication, Original, TranslationState
from iom.translation.workflow import log, page_order, progress

SUBMIT = "submissions"  # the stored kind of the job that submits the pages below a section


class SectionNotTranslated(Exception):
    """The parent page has no translation yet, below which this translation could be created."""


class NotAnOriginal(Exception):
    """The page is a translation, or an alias."""


def text_to_translate(page: Page) -> Page:
    """Returns the page as it will be published, if it is scheduled or waiting; else as published; else its draft."""
    waiting = JointPublication.objects.filter(page=page.pk).select_related("revision").first()
    revision = waiting.revision if waiting else page.scheduled_revision
    if revision is not None:
        return revision.as_object()
    return page.specific if page.live else page.get_latest_revision_as_object()


def is_disabled(page: Page, locale: Locale) -> bool:
    """Returns whether the translation was detached or deleted: no publication submits it again."""
    return Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=locale, enabled=False
    ).exists()


def is_detached(page: Page, locale: Locale) -> bool:
    """Returns whether the translation is detached. A deleted one can be submitted again by a user."""
    return TranslationState.objects.filter(original=page.pk, locale=locale, translation__enabled=False).exists()


def other_locales(page: Page) -> list[Locale]:
    """Returns the languages into which an original is translated."""
    return list(site_locales().exclude(pk=page.locale_id))


@locking.atomic
def submit(original: Page, locale: Locale, user: Any = None, *, fills: bool = True) -> TranslationState:
    """Submits `original` for translation into `locale`, and returns the state, created if necessary.

    `original` may be a draft (`get_latest_revision_as_object()`); its text is what is translated. Nothing is
    published. With `fills`, passages are prefilled from the page's earlier translations and the memory. Raises
    SectionNotTranslated and NotAnOriginal before anything is written.
    """
    original = original.specific
    if original.get_translation_or_none(locale) is None:
        locking.lock_tree()  # the page is about to be created
    locking.lock_translations(original.translation_key)
    if not role_of(original).is_submittable:
        raise NotAnOriginal(str(original))
    target = original.get_translation_or_none(locale)
    if target is not None and target.alias_of_id:
        raise SectionNotTranslated(str(original))
    is_new = target is None
    target = target or _create_page(original, locale)
    translation, _created = Translation.objects.get_or_create(
        source=update_or_create_source(original), target_locale=locale
    )
    if is_new and not translation.enabled:  # its page was deleted
        translation.enabled = True
        translation.save(update_fields=["enabled"])
    row, _created = Original.objects.get_or_create(
        page_id=original.pk,
        defaults={"translation_key": original.translation_key, "locale_id": original.locale_id},
    )
    state, created = TranslationState.objects.get_or_create(
        translation=translation, defaults={"original": row, "page_id": target.pk, "locale": locale}
    )
    state.lock()
    _fill_and_recount(state, fills=fills)
    if created:
        log.record(state, log.SUBMIT, user)
        _enqueue_pages_below(original, locale, user)
    return state


def _create_page(original: Page, locale: Locale) -> Page:
    """Creates the page of the translation, as a draft. Raises SectionNotTranslated."""
    try:
        page = original.copy_for_translation(locale)
    except ParentNotTranslatedError as error:
        raise SectionNotTranslated(str(original)) from error
    # Wagtail copies the author as owner, who could then delete the translation.
    Page.objects.filter(pk=page.pk).update(owner=None)
    if page.show_in_menus:
        page_order.sync_menu_order(original.get_parent())
    return page


# A submitted translation, its text, and the number of words left before; None where it is new
Submitted = tuple[TranslationState, Text, int | None]


def submit_into_all(original: Page, user: Any = None) -> list[Submitted | None]:
    """Submits an original (in its specific type, with its pages locked) into all languages in which its translation is
    not disabled. The result has None for a language in which the parent page has no translation."""
    found: list[Submitted | None] = []
    rows = Translation.objects.filter(source__object_id=original.translation_key, source__locale=original.locale_id)
    related = ("source__locale", "target_locale", "state__original", "state__page", "state__claimed_by")
    translations = {row.target_locale_id: row for row in rows.select_related(*related)}
    for locale in other_locales(original):
        translation = translations.get(locale.pk)
        if translation is not None and not translation.enabled:
            continue
        before = getattr(translation, "state", None)
        words_before = before.words_left if before else None
        try:
            found.append((*resubmit(original, locale, translation, user), words_before))
        except SectionNotTranslated:
            found.append(None)
    return found


@locking.atomic
def resubmit(
    original: Page, locale: Locale, translation: Translation | None, user: Any
) -> tuple[TranslationState, Text]:
    """Submits an original as `submit_into_all` does, with its `translation` already read.

    Returns the state and the present text of the translation.
    """
    state = getattr(translation, "state", None)
    if translation is None or state is None or state.page.alias_of_id:
        state = submit(original, locale, user)
        return state, segments.load_text(state.translation)
    update_or_create_source(original, translation.source)
    return state, _fill_and_recount(state)


def _fill_and_recount(state: TranslationState, *, fills: bool = True) -> Text:
    """Returns the text of the translation."""
    text = segments.load_text(state.translation)
    for fill in (non_translatable.fill, earlier_translations.prefill, pretranslation.pretranslate) if fills else ():
        if fill(state.translation, text):
            text = segments.load_text(state.translation)
    progress.recount(state, text=text)
    return text


def _enqueue_pages_below(section: Page, locale: Locale, user: Any) -> None:
    """Enqueues the published originals directly below a section, in any language: they could not be submitted before.

    Each of them enqueues the pages below itself.
    """
    below = Page.objects.none()
    for text in Page.objects.filter(translation_key=section.translation_key).exclude(locale=locale):
        below |= text.get_children()
    translated = Translation.objects.filter(target_locale=locale).values("source__object_id")
    waiting = below.live().exclude(translation_key__in=translated)
    originals = waiting.filter(pk__in=Original.objects.values("page"))
    by = user.pk if user else ""
    jobs.enqueue(SUBMIT, *(f"{pk}:{locale.pk}:{by}" for pk in originals.values_list("pk", flat=True)))


@jobs.handler(SUBMIT, label=gettext_lazy("Submit a text for translation"))
def submit_page_below(key: str) -> None:
    """Job handler: submits a page. The key is `<page>:<locale>:<user>`. Deleted and disabled pages are skipped."""
    page_id, locale_id, by = key.split(":")
    page = Page.objects.filter(pk=page_id, live=True).first()
    locale = site_locales().filter(pk=locale_id).first()
    if page is None or locale is None or is_disabled(page, locale):
        return
    with suppress(NotAnOriginal, SectionNotTranslated):
        submit(page, locale, get_user_model().objects.filter(pk=int(by)).first() if by else None)
