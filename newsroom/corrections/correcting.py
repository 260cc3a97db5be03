"""Adds a correction to a published article in all its languages, without waiting for the translation desk."""

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
from newsroom.corrections.following import translations_of
from newsroom.corrections.following import write as write_into
from newsroom.models import Correction, NewsArticle

Step = TranslationState.Step


def is_scheduled(article: NewsArticle) -> bool:
    """Whether an update has a time or waits for its translation: a publication now would replace it."""
    awaited = JointPublication.objects.filter(page=article.pk).exists()
    return awaited or article.scheduled_revision is not None


def _refuse_unseen(draft: NewsArticle, seen: int | None) -> None:
    """Raises ValidationError where another revision than the one that was seen would be published."""
    latest = draft.latest_revision
    if seen is not None and latest is not None and latest.pk != seen:
        text = gettext(
            "%(name)s has changed the draft since you opened this form. Publish the correction without the saved "
            "changes, or open the form again."
        )
        name = get_user_display_name(latest.user) if latest.user else gettext("Another person")
        raise ValidationError(text % {"name": name})


def _refuse_what_would_be_lost(article: NewsArticle, user: Any, with_changes: bool) -> None:
    """Raises ValidationError where the publication would end a schedule or a review, or ignore a lock."""
    if is_scheduled(article):
        raise ValidationError(gettext("An update of this article is scheduled. Publish it or cancel it first."))
    lock = article.get_lock()
    is_locked = lock is not None and lock.for_user(user)
    if article.locked and is_locked:
        by = article.locked_by
        name = get_user_display_name(by) if by else gettext("Another person")
        text = gettext("This article is locked by %(name)s. Have it unlocked first.")
        raise ValidationError(text % {"name": name})
    if article.current_workflow_state is not None and (is_locked or not with_changes):
        text = gettext("Changes of this article are in review. Have them approved, or cancel the review first.")
        raise ValidationError(text)


@locking.atomic
def correct(
    article: NewsArticle,
    user: Any,
    date: datetime.date,
    texts: Mapping[str, str],
    with_changes: bool,
    *,
    key: UUID | None = None,
    seen: int | None = None,
) -> None:
    """Publishes the correction, with the changes of the latest draft or without them, which then remain a draft.

    `texts`: by language; that of the original is needed. `key`: of the form; what is sent twice is one correction.
    `seen`: the latest revision when the form was opened. Raises what the gate raises, and ValidationError.
    """
    locking.lock_tree()  # a draft may change the address
    locking.lock_translations(article.translation_key)
    if key is not None and Correction.objects.filter(translation_key=key).exists():
        return
    article = NewsArticle.objects.select_related("locale").get(pk=article.pk)
    _refuse_what_would_be_lost(article, user, with_changes)
    if with_changes:
        _refuse_unseen(article, seen)
    draft = article.get_latest_revision_as_object()
    base = draft if with_changes or not article.has_unpublished_changes else article
    finished = {state.pk for state in translations_of(article) if state.step == Step.TRANSLATED}
    text = texts[article.locale.language_code]
    row = Correction(date=date, text=text, locale=article.locale, translation_key=key or uuid4())
    _add(base, row)
    base.is_minor_change = article.published_together  # else it would wait for the translation
    base.save_revision(user=user, log_action=True).publish(user=user)
    if base is not draft:
        _add(draft, row)
        draft.save_revision(user=user)
    for state in translations_of(article):
        _correct_translation(state, user, row.translation_key, texts, state.pk in finished)


def _add(article: NewsArticle, row: Correction) -> None:
    rows = list(article.corrections.all())
    key, order = row.translation_key, len(rows)
    copy = Correction(date=row.date, text=row.text, locale_id=row.locale_id, translation_key=key, sort_order=order)
    article.corrections.add(copy)


def _correct_translation(
    state: TranslationState, user: Any, key: UUID, texts: Mapping[str, str], was_finished: bool
) -> None:
    """Gives the text to readers and to the translator; publishes the translation again where nothing else is new."""
    text = texts.get(state.locale.language_code, "")
    if not text:
        return
    rows = list(Correction.objects.filter(article=state.original_id))
    path = f"corrections.{key}.text"
    passage = next((one for one in segments.of_translation(state.translation) if one.path == path), None)
    if passage is not None:
        writing.write(state, passage, text, user)
    write_into(state.page, rows, {key: text})
    state.refresh_from_db()
    if was_finished and state.is_whole and not progress.obstacles(state, user):
        publication.publish(state, user)
