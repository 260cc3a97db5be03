"""Copies the corrections of an original to its live translations when the original is published.

A translation gets each correction with its date at once. Until the correction has a text in its language, readers see
a sentence that the original has been corrected.
"""

from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page

from iom.listing import writing as listing
from iom.publishing import events, jobs
from iom.translation.models import TranslationState
from iom.translation.workflow.publication import prepared_for
from newsroom.models import Correction, NewsArticle
from newsroom.press.builder import JOB


def live_translations(article: Page) -> list[TranslationState]:
    """Returns the states of the live translations, in the order of their languages."""
    states = TranslationState.objects.filter(original=article.pk, translation__enabled=True, page__live=True)
    return list(states.select_related("page", "locale", "translation__source", "original").order_by("locale"))


@receiver(events.published, sender=NewsArticle)
def copy_to_translations(page: NewsArticle, **kwargs: Any) -> None:
    if prepared_for(kwargs.get("revision")) is not None:
        return  # a translation
    rows = page.stored_rows("corrections")
    if rows or Correction.objects.filter(article__translation_key=page.translation_key).exists():
        for state in live_translations(page):
            write_corrections(state.page, rows)


def write_corrections(translation: Page, rows: list[Correction], texts: dict[Any, str] | None = None) -> None:
    """Writes the missing or changed corrections into the live page, with their dates.

    Deletes corrections that the original no longer has, unless they have a text in the language of the translation.
    `texts` has the new texts by translation key.
    """
    existing = {row.translation_key: row for row in Correction.objects.filter(article=translation.pk)}
    has_changed = False
    for row in rows:
        found = existing.pop(row.translation_key, None)
        copy = found or Correction(article_id=translation.pk, translation_key=row.translation_key, text="")
        text = (texts or {}).get(row.translation_key, copy.text)
        if found and (copy.date, copy.text) == (row.date, text):
            continue
        copy.date, copy.text, copy.sort_order, copy.locale_id = row.date, text, row.sort_order, translation.locale_id
        copy.save()
        has_changed = True
    for row in existing.values():
        if not row.text:
            row.delete()
            has_changed = True
    if has_changed:
        Page.objects.filter(pk=translation.pk).update(last_published_at=timezone.now())
        listing.refresh([translation.pk])
        jobs.enqueue(JOB, translation.pk)
