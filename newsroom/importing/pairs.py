"""A release that is the translation of another: its words go into the segments of a real translation."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from iom.translation.content import segments
from iom.translation.content.prefill import prefill_matching
from iom.translation.models import TranslationState
from iom.translation.workflow import progress, publication, submission
from iom.translation.workflow.publication import NotPublished
from newsroom.importing import alignment
from newsroom.importing.facts import Facts
from newsroom.importing.people import People
from newsroom.importing.release import PressRelease
from newsroom.importing.remarks import remark
from newsroom.importing.writer import Writing
from newsroom.models import ImportedText, NewsArticle, NewsIndex


class NotAPair(ValueError):
    """Why the release cannot become the translation of its original, in words for the report."""


def translate(
    release: PressRelease,
    original: Page,
    index: NewsIndex,
    user: Any,
    *,
    facts: Facts,
    people: People,
    record: ImportedText | None = None,
) -> ImportedText:
    """The record of the translation of `original`, its segments filled where the blocks of both texts correspond.

    `index`: the newsroom of the translation's language. Raises NotAPair before anything is written.
    """
    if original.locale_id == index.locale_id:
        raise NotAPair(_("The text that it translates is in the same language."))
    source = submission.text_to_translate(original)
    try:
        state = submission.submit(source, index.locale, user)
    except submission.SectionNotTranslated:
        raise NotAPair(_("The newsroom has no translation yet.")) from None
    except submission.NotAnOriginal:
        raise NotAPair(_("The text that it translates is itself a translation.")) from None
    if record is None and state.translated:
        raise NotAPair(_("The article has already been translated by other means."))
    writing = Writing(release, index, facts, people)
    counterpart, alone = _counterpart(writing, source)
    ours, theirs = prefill_matching(state, source, counterpart, user)
    progress.recount(state)
    why = remark("no counterpart")
    for text in [*(alignment.words(block) for block in alone), *(segment.render_text() for segment in theirs)]:
        writing.leave(text, why)
    if ours:
        writing.note(remark("passages alone", count=len(ours)))
    return writing.keep(record or ImportedText(), state.page_id, words_digest(state))


def publish(record: ImportedText, user: Any) -> str:
    """Publishes the translation; empty where it is live, else why not."""
    try:
        is_live = publication.publish(_state(record), user)
    except NotPublished as reason:
        return str(reason)
    return "" if is_live else _("It goes live with its original.")


def is_untouched(record: ImportedText) -> bool:
    """Whether the translation has the words that the import wrote, and no others."""
    return words_digest(_state(record)) == record.written


def words_digest(state: TranslationState) -> str:
    """Tells whether anyone has written into the translation."""
    return segments.of_translation(state.translation).digest


def _state(record: ImportedText) -> TranslationState:
    return TranslationState.objects.select_related("translation").get(page=record.page_id)


def _counterpart(writing: Writing, original: Page) -> tuple[NewsArticle, list[dict[str, Any]]]:
    """The translation as a page that nobody saves, its blocks with the ids of those that they correspond to; and the
    blocks that correspond to none."""
    page = NewsArticle(locale=original.locale)
    writing.fill_words(page)
    writing.note_what_differs(original)
    ours, theirs = original.body.get_prep_value(), page.body.get_prep_value()
    places = {mine: place for place, mine in alignment.aligned(ours, theirs)}
    page.body = [block | {"id": ours[places[i]]["id"]} for i, block in enumerate(theirs) if i in places]
    return page, [block for i, block in enumerate(theirs) if i not in places]
