"""Publication of translations. A translation goes live only through this module: complete, with the text of its
segments, and never before its original."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page, Revision

from iom.core.translation_role import Role, role_of
from iom.publishing import gate, jobs, locking
from iom.translation.checks import findings as checks
from iom.translation.content import overrides, page_data, segments
from iom.translation.content.segments import Text
from iom.translation.memory import entries
from iom.translation.models import TranslationState, TranslationVersion
from iom.translation.notifications import outbox
from iom.translation.workflow import joint_publication, log, progress


class NotPublished(gate.Refused):
    """A translation cannot go live. The message is for the user."""


@locking.atomic
def save_draft(state: TranslationState, user: Any = None) -> Revision:
    """Saves a revision of the translation with all its segments. The published row stays as it is.

    localize's `save_target` would overwrite the row. Raises localize's MissingTranslationError if a segment is
    missing, and ValidationError if the text is not valid for the page (for example, a title that is too long).
    """
    state.lock()
    prepared = _prepare(state, user, segments.load_text(state.translation))
    prepared.save()
    return prepared.revision


def _prepare(state: TranslationState, user: Any, text: Text, original: Page | None = None) -> "PreparedPublication":
    """Saves the revision and refers to it from the state. The caller saves the state and its version.

    The caller has locked the state and read its `text`, and perhaps its `original`, in this transaction.
    """
    original = original or _get_original(state)
    chosen = overrides.get_overrides(state)
    page = overrides.translated_page(state, text, chosen)
    slug = chosen.get(overrides.SLUG)
    page.slug = str(slug.data) if slug else page.slug
    page.go_live_at = None  # it follows its original
    page.expire_at = original.expire_at
    revision = page.save_revision(user=user)
    state.draft = revision
    version = _new_version(state, revision, user, text)
    return PreparedPublication(state, text, original, revision, version, slug is not None)


@dataclass
class PreparedPublication:
    """A revision with what it was built from, for the receivers of its publication in the same call."""

    state: TranslationState
    text: Text
    original: Page
    revision: Revision
    version: TranslationVersion
    has_chosen_slug: bool
    is_allowed: bool = False  # `publish` has checked that it may go live

    def save(self) -> None:
        self.version.save()
        self.state.save(update_fields=["draft"])


_PREPARED = "_prepared_translation"


def _new_version(state: TranslationState, revision: Revision, user: Any, text: Text) -> TranslationVersion:
    """Returns an unsaved version for the revision. Deletes versions that were never published."""
    unpublished = state.translation.versions.filter(published_at=None)
    if state.ready:  # its translator has published it; it goes live with its original
        published = unpublished.filter(digest=text.digest).select_related("published_by").first()
        user = published.published_by if published else user
    unpublished.delete()
    return TranslationVersion(
        translation_id=state.translation_id,
        revision=revision,
        saved_at=timezone.now(),
        digest=text.digest,
        published_by=user,
        revised_by=state.revised_by,
        source_version=_translated_version(state, text),
        segments=[
            {
                "path": segment.path,
                "source": segment.source,
                "target": segment.target,
                "by": segment.by,
                "at": segment.at.isoformat() if segment.at else None,
            }
            for segment in text
        ],
    )


def _translated_version(state: TranslationState, text: Text) -> int:
    """Returns the version of the original that `text` translates; if that is not published yet, the version that the
    published translation translates."""
    fingerprints = {segments.fingerprint(segment.path, segment.source) for segment in text}
    is_published = fingerprints == set(state.original.fingerprints)
    return state.original.version if is_published else state.source_version


@locking.atomic
def publish(state: TranslationState, user: Any = None) -> bool:
    """Publishes the translation, and returns whether it is live now.

    If its original, or the draft that was translated, is not live yet, the translation becomes ready instead. Both
    then go live in one transaction; at once, if the original waits for this translation only. Raises NotPublished with
    the obstacles, and ValidationError as `save_draft`, and then changes nothing.
    """
    locking.lock_tree()  # the page's or the original's URL may be new
    state.lock()
    text = segments.load_text(state.translation)
    if obstacles := progress.obstacles(state, user, text):
        raise NotPublished(" ".join(obstacles))
    original = _get_original(state)
    may_go_live = _may_go_live(state, original)
    prepared = _prepare(state, user, text, original)
    if may_go_live:
        prepared.is_allowed = True
        with locking.holding(locking.TREE, original.translation_key):
            _go_live(prepared, user)
        return True
    prepared.save()
    state.ready = True
    progress.recount(state, text=text)
    joint_publication.try_release(state.original_id)
    state.refresh_from_db()
    return not state.ready


@locking.atomic
def go_live(state: TranslationState, user: Any, text: Text) -> None:
    """Publishes without checks, after the publication of the original. `text` was read in the same transaction."""
    _go_live(_prepare(state, user, text), user)


def prepared_for(revision: Revision | None) -> PreparedPublication | None:
    """Returns the PreparedPublication of a revision that `_go_live` is publishing; None for other revisions."""
    return getattr(revision, _PREPARED, None)


def _go_live(prepared: PreparedPublication, user: Any) -> None:
    revision = prepared.revision
    setattr(revision, _PREPARED, prepared)
    try:
        revision.publish(user=user, skip_permission_checks=True)
    finally:
        delattr(revision, _PREPARED)
    if prepared.version.pk is None:  # its publication was held back
        prepared.save()


@locking.atomic
def on_translation_published(state: TranslationState, revision: Revision | None) -> None:
    """Updates the state and the versions of a translation that has just gone live."""
    version: TranslationVersion | None
    if prepared := prepared_for(revision):
        version, text, original = prepared.version, prepared.text, prepared.original
        state.page.live = True
    else:
        state.lock()
        version = TranslationVersion.objects.filter(revision=revision).first() if revision else None
        text, original = segments.load_text(state.translation), None
    if version is not None:
        if version.digest != state.digest:
            outbox.notify(_interested_users(original or _get_original(state), version), outbox.Kind.DONE, state)
        # A draft that was made before may contain an earlier text
        state.shared_digest = page_data.shared_digest(state.translation.source) if prepared else ""
        version.published_at = timezone.now()
        version.save()
        if prepared is None or prepared.has_chosen_slug:
            overrides.delete_text_override(state, overrides.SLUG)
        state.published_at, state.digest = version.saved_at, version.digest
        state.source_version = version.source_version
        state.waiting_since, state.ready = None, False
        state.claimed_by, state.claimed_at = None, None
        log.record(
            state,
            log.PUBLISH,
            version.published_by,
            translators=list(log.user_names(segment["by"] for segment in version.segments).values()),
            reviser=get_user_display_name(version.revised_by),
            publisher=get_user_display_name(version.published_by),
        )
        jobs.enqueue(entries.STORE_TRANSLATION, state.pk)
    progress.recount(state, text=text)


def _interested_users(original: Page, version: TranslationVersion) -> set[Any]:
    """Returns the owner and the last publisher of the original, unless they have published the translation."""
    people = {original.owner, original.live_revision.user if original.live_revision else None}
    publishers = {version.published_by_id, version.revision.user_id if version.revision else None}
    return {user for user in people if user is not None and user.is_active and user.pk not in publishers}


def on_detached_published(state: TranslationState) -> None:
    """Marks a detached translation as up to date, after it has been published like any other page."""
    state.published_at = timezone.now()
    state.source_version = state.original.version
    state.save(update_fields=["published_at", "source_version"])


def check(page: Page, revision: Revision | None) -> None:
    """Checks every publication of a page. Raises NotPublished for a revision of a translation that `save_draft` has
    not made, that is not revised or has errors, and for one that would go live before its original.

    Otherwise Wagtail's bulk actions, a workflow, a schedule or a script could publish the copy in the original's
    language that a translation starts with.
    """
    state: TranslationState | None
    version: TranslationVersion | None
    if prepared := prepared_for(revision):
        if prepared.is_allowed:
            return
        state, version = prepared.state, prepared.version
    elif role_of(page) == Role.TRANSLATION or _is_alias_of_its_original(page):
        related = ("translation__source", "translation__target_locale", "page")
        state = TranslationState.objects.select_related(*related).filter(page=page.pk).first()
        version = TranslationVersion.objects.filter(revision=revision).first()
    else:
        return
    if state is None or revision is None or state.draft_id != revision.pk:
        raise NotPublished(gettext_lazy("A translation can only be published from its own editing screen."))
    if not _may_go_live(state, prepared.original if prepared else _get_original(state)):
        raise NotPublished(gettext_lazy("The translation is ready. It will be published with its original."))
    if _is_unrevised(state, version, prepared.text if prepared else None):
        raise NotPublished(gettext_lazy("Another person has to revise the translation first."))
    # A publication of shared values keeps the published text (`version` is None): the text on the desk is not checked
    is_checked = prepared is None and version is not None
    if is_checked and (wrong := checks.publication_errors(state, segments.load_text(state.translation))):
        raise NotPublished(" ".join(wrong))


def _is_unrevised(state: TranslationState, version: TranslationVersion | None, text: Text | None) -> bool:
    """Returns whether another person still has to revise the version."""
    if version is None or version.digest == state.digest or version.revised_by_id or not progress.needs_review(state):
        return False
    # `revised_by` may be empty because the account was deleted
    is_present = version.digest == (text or segments.load_text(state.translation)).digest
    return state.revised_at is None or not is_present


def _is_alias_of_its_original(page: Page) -> bool:
    """Returns whether the page is an alias that localize has made of a section that is not translated yet."""
    originals = Page.objects.filter(pk=page.alias_of_id, translation_key=page.translation_key)
    return page.alias_of_id is not None and originals.exists()


def _get_original(state: TranslationState) -> Any:
    """Reads the original in its specific type, with its joint publication, owner and live revision's user."""
    related = ("joint_publication", "owner", "live_revision__user")
    pages = state.page.specific_class._default_manager.select_related(*related).defer("live_revision__content")
    return pages.get(pk=state.original_id)


def _may_go_live(state: TranslationState, original: Page) -> bool:
    """Returns whether the original is live, in the version that was translated."""
    return (
        original.live
        and not hasattr(original, "joint_publication")
        and not page_data.is_pending_source(state, original)
    )
