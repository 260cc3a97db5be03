"""Publishes a correction of an article in all its languages, without waiting for the translation desk."""

import datetime
from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from wagtail.admin.utils import get_user_display_name

from iom.publishing import locking
from iom.translation.content import segments
from iom.translation.models import JointPublication, TranslationState
from iom.translation.workflow import progress, publication, writing
from newsroom.corrections.translations import live_translations, write_corrections
from newsroom.models import Correction, NewsArticle

Step = TranslationState.Step


def has_scheduled_update(article: NewsArticle) -> bool:
    """Whether an update is scheduled or waits for its translations. A publication now would replace it."""
    awaited = JointPublication.objects.filter(page=article.pk).exists()
    return awaited or article.scheduled_revision is not None


def _check_seen_revision(draft: NewsArticle, seen: int | None) -> None:
    """Raises ValidationError if the draft has been saved since the form was opened with the revision `seen`."""
    latest = draft.latest_revision
    if seen is not None and latest is not None and latest.pk != seen:
        text = gettext(
            "%(name)s has changed the draft since you opened this form. Publish the correction without the saved "
            "changes, or open the form again."
        )
        name = get_user_display_name(latest.user) if latest.user else gettext("Another person")
        raise ValidationError(text % {"name": name})


def _check_no_conflict(article: NewsArticle, user: Any, with_changes: bool) -> None:
    """Raises ValidationError if the publication would end a schedule or a review, or ignore a lock."""
    if has_scheduled_update(article):
        raise ValidationError(gettext("An update of this article is scheduled. Publish it or cancel it first."))
    lock = article.get_lock()
    is_locked = lock is not None and lock.for_user(user)
    if article.locked and is_locked:
        user_with_lock = article.locked_by
        name = get_user_display_name(user_with_lock) if user_with_lock else gettext("Another person")
        text = gettext("This article is locked by %(name)s. Have it unlocked first.")
        raise ValidationError(text % {"name": name})
    if article.current_workflow_state is not None and (is_locked or not with_changes):
        text = gettext("Changes of this article are in review. Have them approved, or cancel the review first.")
        raise ValidationError(text)


@locking.atomic
def publish_correction(
    article: NewsArticle,
    user: Any,
    date: datetime.date,
    texts: Mapping[str, str],
    with_changes: bool,
    *,
    key: UUID | None = None,
    seen: int | None = None,
) -> None:
    """Publishes the correction, with the changes of the latest draft or without them; then they remain a draft.

    `texts` has the text by language code; that of the original is required. `key` identifies the form: a form that is
    sent twice makes one correction. `seen` is the key of the latest revision when the form was opened. Raises
    ValidationError and what the gate raises.
    """
    locking.lock_tree()  # a draft may change the address
    locking.lock_translations(article.translation_key)
    if key is not None and Correction.objects.filter(translation_key=key).exists():
        return
    article = NewsArticle.objects.select_related("locale").get(pk=article.pk)
    _check_no_conflict(article, user, with_changes)
    if with_changes:
        _check_seen_revision(article, seen)
    draft = article.get_latest_revision_as_object()
    base = draft if with_changes or not article.has_unpublished_changes else article
    finished = {state.pk for state in live_translations(article) if state.step == Step.TRANSLATED}
    text = texts[article.locale.language_code]
    row = Correction(date=date, text=text, locale=article.locale, translation_key=key or uuid4())
    _add_correction(base, row)
    base.is_minor_change = article.published_together  # otherwise it would wait for its translations
    base.save_revision(user=user, log_action=True).publish(user=user)
    if base is not draft:
        _add_correction(draft, row)
        draft.save_revision(user=user)
    for state in live_translations(article):
        _correct_translation(state, user, row.translation_key, texts, state.pk in finished)


def _add_correction(article: NewsArticle, row: Correction) -> None:
    rows = list(article.corrections.all())
    key, order = row.translation_key, len(rows)
    copy = Correction(date=row.date, text=row.text, locale_id=row.locale_id, translation_key=key, sort_order=order)
    article.corrections.add(copy)


def _correct_translation(
    state: TranslationState, user: Any, key: UUID, texts: Mapping[str, str], was_finished: bool
) -> None:
    """Writes the text into the live translation and its segments.

    Publishes the translation again if it was finished and has no obstacles to publication.
    """
    text = texts.get(state.locale.language_code, "")
    if not text:
        return
    rows = list(Correction.objects.filter(article=state.original_id))
    path = f"corrections.{key}.text"
    passage = next((one for one in segments.load_text(state.translation) if one.path == path), None)
    if passage is not None:
        writing.write(state, passage, text, user)
    write_corrections(state.page, rows, {key: text})
    state.refresh_from_db()
    if was_finished and state.is_whole and not progress.obstacles(state, user):
        publication.publish(state, user)
