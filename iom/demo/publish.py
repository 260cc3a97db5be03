"""Creates, translates and publishes pages with the same calls as editors and translators."""

from datetime import datetime

from wagtail.models import Locale, Page

from iom.demo.content import Table, stable_uuid
from iom.demo.records import Library
from iom.translation.content import overrides, segments
from iom.translation.content.prefill import prefill
from iom.translation.workflow import progress, publication, questions
from iom.translation.workflow.submission import submit
from iom.translation.workflow.writing import write_all
from iom.users.models import User
from newsroom.models import NewsArticle


def create_draft(page: Page, key: str, parent: Page, library: Library, user: User | None) -> Page:
    """Creates the page `key` below `parent` and in its language, as a draft with a revision."""
    page.translation_key = stable_uuid(key)
    page.locale = parent.locale
    page.live = False
    page.owner = user
    parent.add_child(instance=page)
    page.save_revision(user=user)
    library.pages[key, parent.locale.language_code] = page
    return page


def publish(page: Page, user: User | None, go_live_at: datetime | None = None) -> Page:
    """Publishes the latest draft, or schedules it for `go_live_at`."""
    page = type(page).objects.get(pk=page.pk)  # pages may have been added below it since
    draft = page.get_latest_revision_as_object()
    if go_live_at:
        draft.go_live_at = go_live_at
    draft.save_revision(user=user).publish(user=user)
    page.refresh_from_db()
    return page


def translate(counterpart: Page, key: str, original: Page, language: str, library: Library, user: User | None) -> Page:
    """Creates the unpublished translation, and fills its segments with the text of `counterpart`."""
    if isinstance(counterpart, NewsArticle):
        rows = zip(original.corrections.all(), counterpart.corrections.all(), strict=True)
        for row, translated_row in rows:
            translated_row.translation_key = row.translation_key
    state = submit(original, Locale.objects.get(language_code=language), user)
    prefill(state, original, counterpart, user)
    overrides.set_text_override(state, overrides.KEYWORDS, counterpart.keywords, user)
    progress.recount(state)
    library.pages[key, language] = state.page.specific
    return library.pages[key, language]


def begin_translation(table: Table, original: Page, language: str, translator: User | None) -> None:
    """Creates a translation with some translated passages, and a question if there is a translator."""
    state = submit(original, Locale.objects.get(language_code=language))
    words = {passage[original.locale.language_code]: passage[language] for passage in table["words"]}
    found = {segment.source: segment for segment in segments.load_text(state.translation)}
    write_all(state, {found[source]: text for source, text in words.items()}, translator)
    if translator is not None:
        state.claim(translator)
        questions.ask(state, found[table["ask"]["of"]], table["ask"]["question"], translator)


def publish_translation(target: Page, user: User | None) -> Page:
    """Publishes a translation that `translate` has created, together with its original if that is scheduled."""
    publication.publish(target.translation_state, user)
    return type(target).objects.get(pk=target.pk)
