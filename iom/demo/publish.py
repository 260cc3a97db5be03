"""What an editor and a translator do with a page, by the same calls: draft, publish, translate, publish."""

from datetime import datetime

from wagtail.models import Locale, Page

from iom.demo.content import Table, identity
from iom.demo.records import Library
from iom.translation.content import overrides, segments
from iom.translation.content.prefill import prefill
from iom.translation.workflow import progress, publication, questions
from iom.translation.workflow.submission import submit
from iom.translation.workflow.writing import write_all
from iom.users.models import User
from newsroom.models import NewsArticle


def create(page: Page, key: str, parent: Page, library: Library, user: User | None) -> Page:
    """The page `key` below `parent` and in its language, as a draft with a revision."""
    page.translation_key = identity(key)
    page.locale = parent.locale
    page.live = False
    page.owner = user
    parent.add_child(instance=page)
    page.save_revision(user=user)
    library.pages[key, parent.locale.language_code] = page
    return page


def publish(page: Page, user: User | None, go_live_at: datetime | None = None) -> Page:
    """Publishes the latest draft, at `go_live_at` where that is given."""
    page = type(page).objects.get(pk=page.pk)  # pages may have been added below it since
    draft = page.get_latest_revision_as_object()
    if go_live_at:
        draft.go_live_at = go_live_at
    draft.save_revision(user=user).publish(user=user)
    page.refresh_from_db()
    return page


def translate(counterpart: Page, key: str, original: Page, language: str, library: Library, user: User | None) -> Page:
    """The translation, its segments filled with the words of `counterpart`; not yet published."""
    if isinstance(counterpart, NewsArticle):
        rows = zip(original.corrections.all(), counterpart.corrections.all(), strict=True)
        for ours, theirs in rows:
            theirs.translation_key = ours.translation_key
    state = submit(original, Locale.objects.get(language_code=language), user)
    prefill(state, original, counterpart, user)
    overrides.choose_text(state, overrides.KEYWORDS, counterpart.keywords, user)
    progress.recount(state)
    library.pages[key, language] = state.page.specific
    return library.pages[key, language]


def begin(table: Table, original: Page, language: str, translator: User | None) -> None:
    """A translation that has been begun: some passages, and a question where there is a translator."""
    state = submit(original, Locale.objects.get(language_code=language))
    words = {passage[original.locale.language_code]: passage[language] for passage in table["words"]}
    found = {segment.source: segment for segment in segments.of_translation(state.translation)}
    write_all(state, {found[source]: text for source, text in words.items()}, translator)
    if translator is not None:
        state.claim(translator)
        questions.ask(state, found[table["ask"]["of"]], table["ask"]["question"], translator)


def publish_translation(target: Page, user: User | None) -> Page:
    """Publishes what `translate` has written; where its original is scheduled, with it."""
    publication.publish(target.translation_state, user)
    return type(target).objects.get(pk=target.pk)
