"""The one way by which a translation goes live: whole, in the words of its segments, never before its original."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext
from wagtail.models import Page, Revision

from iom.publishing import gate, locking
from iom.translation import address, ahead, log, messages, overrides, progress, segments, submission
from iom.translation.models import JointPublication, Original, TranslationState, TranslationVersion
from iom.translation.signals import became_ready


class NotPublished(gate.Refused):
    """Why a translation does not go live, in words for whoever asked."""


def obstacles(state: TranslationState, user: Any = None) -> list[str]:
    """Why the translation cannot be published now, in the reader's language; empty where it can."""
    found = []
    if state.missing:
        text = ngettext(
            "%(count)d passage is still to be translated.",
            "%(count)d passages are still to be translated.",
            state.missing,
        )
        found.append(text % {"count": state.missing})
    page = state.page.specific
    lock = page.get_lock()
    if lock is not None and (user is None or lock.for_user(user)):
        found.append(gettext("The page is locked."))
    if page.current_workflow_state is not None:
        found.append(gettext("The page is in a workflow."))
    if not state.missing and progress.needs_review(state):
        if state.revised_at is None:
            found.append(gettext("The translation has to be revised by another person first."))
        elif user is not None and user.pk == state.revised_by_id:
            found.append(gettext("You have revised this translation: another person publishes it."))
        elif user is not None and user.pk in segments.writers(state.translation):
            found.append(gettext("You have translated a part of it: another person publishes it."))
    return found


@locking.atomic
def save_draft(state: TranslationState, user: Any = None) -> Revision:
    """A revision of the translation with all its segments; the published row stays as it is.

    localize's own `save_target` would write into the row. Raises localize's MissingTranslationError where a segment is
    missing, and ValidationError where the words do not fit the page (a title that is too long).
    """
    page = overrides.translated_page(state)
    page.slug = address.chosen(state) or page.slug
    page.go_live_at = None  # it follows its original
    page.expire_at = Page.objects.values_list("expire_at", flat=True).get(pk=state.original_id)
    revision = page.save_revision(user=user)
    state.draft = revision
    state.save(update_fields=["draft"])
    _keep(state, revision, user)
    return revision


def _keep(state: TranslationState, revision: Revision, user: Any) -> None:
    """The words of the revision, for when it is published."""
    words = segments.of_translation(state.translation)
    digest = progress.words_digest(words)
    unpublished = state.translation.versions.filter(published_at=None)
    if state.ready:  # published by its translator, it goes live with its original
        published = unpublished.filter(digest=digest).select_related("published_by").first()
        user = published.published_by if published else user
    unpublished.delete()
    TranslationVersion.objects.create(
        translation_id=state.translation_id,
        revision=revision,
        saved_at=timezone.now(),
        digest=digest,
        published_by=user,
        revised_by=state.revised_by,
        source_version=_version_translated(state, words),
        segments=[
            {
                "path": segment.path,
                "source": segment.source,
                "target": segment.target,
                "by": segment.by,
                "at": segment.at.isoformat() if segment.at else None,
            }
            for segment in words
        ],
    )


def _version_translated(state: TranslationState, words: list[segments.Segment]) -> int:
    """The original's version that is translated by `words`; where they are of no text that its readers have (one
    published at this moment, or still to be), the version that readers of the translation have."""
    version, fingerprints = Original.objects.values_list("version", "fingerprints").get(pk=state.original_id)
    said = {segments.fingerprint(segment.path, segment.source) for segment in words}
    return version if said == set(fingerprints) else state.source_version


@locking.atomic
def publish(state: TranslationState, user: Any = None) -> bool:
    """Publishes the translation; whether it is live now.

    Where its original, or the draft of it that has been translated, is still to go live, the translation is ready, and
    both go live in one transaction: now, where the original has waited for nothing else. Raises NotPublished with the
    obstacles, and ValidationError as `save_draft`; nothing is changed then.
    """
    locking.lock_tree()  # its address, or that of its original, may be new
    state.lock()
    if found := obstacles(state, user):
        raise NotPublished(" ".join(found))
    if _may_go_live(state):
        put_live(state, user)
        return True
    save_draft(state, user)
    state.ready = True
    progress.recount(state, "ready")
    became_ready.send(sender=TranslationState, state=state)
    state.refresh_from_db()
    return not state.ready


@locking.atomic
def put_live(state: TranslationState, user: Any = None) -> Revision:
    """Publishes without asking: what follows from the publication of the original."""
    revision = save_draft(state, user)
    revision.publish(user=user, skip_permission_checks=True)
    state.refresh_from_db()
    return revision


@locking.atomic
def note(state: TranslationState, revision: Revision | None) -> None:
    """What the desk keeps of a translation that has just gone live: its state, and the past to go back to."""
    state.lock()
    version = TranslationVersion.objects.filter(revision=revision).first() if revision else None
    changed: list[str] = []
    if version is not None:
        if version.digest != state.digest:
            messages.tell(_who_waited(state, version), messages.Kind.DONE, state)
        version.published_at = timezone.now()
        version.save(update_fields=["published_at"])
        address.forget(state)
        state.published_at, state.digest = version.saved_at, version.digest
        state.source_version = version.source_version
        state.waiting_since, state.ready = None, False
        state.claimed_by, state.claimed_at = None, None
        changed = ["published_at", "digest", "source_version", "waiting_since", "ready", "claimed_by", "claimed_at"]
        log.note(
            state,
            log.PUBLISH,
            version.published_by,
            translators=log.names(segment["by"] for segment in version.segments),
            reviser="".join(log.names([version.revised_by_id])),
            publisher="".join(log.names([version.published_by_id])),
        )
    progress.recount(state, *changed)


def _who_waited(state: TranslationState, version: TranslationVersion) -> set[Any]:
    """Who wants to know that it is there: owner and last publisher of the original, unless they did it."""
    original = Page.objects.select_related("owner", "live_revision__user").get(pk=state.original_id)
    people = {original.owner, original.live_revision.user if original.live_revision else None}
    did_it = {version.published_by_id, version.revision.user_id if version.revision else None}
    return {user for user in people if user is not None and user.is_active and user.pk not in did_it}


def note_by_hand(state: TranslationState) -> None:
    """A stopped translation has been published like any other page: whoever did has seen the original as it is."""
    state.published_at = timezone.now()
    state.source_version = state.original.version
    state.save(update_fields=["published_at", "source_version"])


def check(page: Page, revision: Revision | None) -> None:
    """The gate of every publication: raises NotPublished for a revision of a translation that is not `save_draft`'s,
    and for any that would go live before its original.

    Wagtail's bulk actions, a workflow, a schedule or a script would otherwise publish the copy in the original's
    language that a translation begins as.
    """
    state = TranslationState.objects.filter(page=page.pk, translation__enabled=True).first()
    if state is None and submission.translation_of(page) is None and not _is_alias_of_its_original(page):
        return
    if state is None or revision is None or state.draft_id != revision.pk:
        raise NotPublished(gettext_lazy("A translation is published from the translators’ editor."))
    if not _may_go_live(state):
        raise NotPublished(gettext_lazy("The translation is ready, and goes live with its original."))
    if _is_unrevised(state, revision):
        raise NotPublished(gettext_lazy("The translation has to be revised by another person first."))


def _is_unrevised(state: TranslationState, revision: Revision) -> bool:
    """Whether the revision brings readers words that another person has still to revise."""
    version = TranslationVersion.objects.filter(revision=revision).first()
    if version is None or version.digest == state.digest or version.revised_by_id or not progress.needs_review(state):
        return False
    # The account of who revised them may be gone
    is_present = version.digest == progress.words_digest(segments.of_translation(state.translation))
    return state.revised_at is None or not is_present


def _is_alias_of_its_original(page: Page) -> bool:
    """A section that was not translated yet: localize puts such an alias in its place, in the original's language."""
    return Page.objects.filter(pk=page.alias_of_id, translation_key=page.translation_key).exists()


def _may_go_live(state: TranslationState) -> bool:
    """Whether readers have the original, as it was translated."""
    is_awaited = JointPublication.objects.filter(page=state.original_id).exists()
    is_live = Page.objects.filter(pk=state.original_id, live=True).exists()
    return is_live and not is_awaited and not ahead.is_ahead(state)
