"""The corrections of an original, written into its live translations as it is published.

A translation gets each correction with its date at once. Until it has a text in its language, readers are told that
the original has been corrected.
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


def translations_of(article: Page) -> list[TranslationState]:
    """The states of the translations that readers have, in the order of their languages."""
    states = TranslationState.objects.filter(original=article.pk, translation__enabled=True, page__live=True)
    return list(states.select_related("page", "locale", "translation__source", "original").order_by("locale"))


@receiver(events.published, sender=NewsArticle)
def follow(page: NewsArticle, **kwargs: Any) -> None:
    if prepared_for(kwargs.get("revision")) is not None:
        return  # a translation
    rows = page.written_rows("corrections")
    if rows or Correction.objects.filter(article__translation_key=page.translation_key).exists():
        for state in translations_of(page):
            write(state.page, rows)


def write(translation: Page, rows: list[Correction], texts: dict[Any, str] | None = None) -> None:
    """Writes into the live page the corrections that it lacks, with their dates; those without a text in its language
    that the original no longer has are deleted. `texts`: by translation key."""
    theirs = {row.translation_key: row for row in Correction.objects.filter(article=translation.pk)}
    has_changed = False
    for row in rows:
        known = theirs.pop(row.translation_key, None)
        mine = known or Correction(article_id=translation.pk, translation_key=row.translation_key, text="")
        text = (texts or {}).get(row.translation_key, mine.text)
        if known and (mine.date, mine.text) == (row.date, text):
            continue
        mine.date, mine.text, mine.sort_order, mine.locale_id = row.date, text, row.sort_order, translation.locale_id
        mine.save()
        has_changed = True
    for row in theirs.values():
        if not row.text:
            row.delete()
            has_changed = True
    if has_changed:
        Page.objects.filter(pk=translation.pk).update(last_published_at=timezone.now())
        listing.refresh([translation.pk])
        jobs.enqueue(JOB, translation.pk)
