"""What an original has in common with its translations reaches those that are published at once.

A date, a withdrawn picture, a contact, a country, a block that has been taken out: nothing for a translator to do. The
words of a published translation stay as they are until all of the new ones are there.
"""

import json
from typing import Any

from django.db import models, transaction
from modelcluster.fields import ParentalKey
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.models import SegmentOverride

from iom.translation import progress, publication, segments
from iom.translation.models import TranslationState


@transaction.atomic
def carry(state: TranslationState, original: Page, user: Any = None) -> None:
    """Brings the live translation to what the original, just published, shares with it."""
    page = state.page.specific
    if not page.live:
        return
    if state.is_whole and not _has_unpublished_words(state):
        translation = state.translation
        whole = translation.source.get_ephemeral_translated_instance(translation.target_locale)
        whole.expire_at = original.expire_at
        if _content(whole) != _content(page):
            publication.put_live(state, user)
        return
    before = _content(page)
    _take_over(original, page, state)
    if _content(page) != before:
        revision = page.save_revision(user=user)
        state.draft = revision
        state.save(update_fields=["draft"])
        revision.publish(user=user, skip_permission_checks=True)
        state.refresh_from_db()


def _has_unpublished_words(state: TranslationState) -> bool:
    """Whether someone has written since the last publication, which is the translator's to publish."""
    published = state.published_at
    written = [segment.at for segment in segments.of_translation(state.translation) if segment.at]
    return progress.awaits_review(state) or published is None or any(at > published for at in written)


def _take_over(original: Page, page: Page, state: TranslationState) -> None:
    """Writes into `page` what needs no translator, and takes out what the original no longer has."""
    overridden = set(
        SegmentOverride.objects.filter(
            context__object_id=original.translation_key, locale_id=state.locale_id, has_error=False
        ).values_list("context__path", flat=True)
    )
    page.expire_at = original.expire_at
    for declared in get_translatable_fields(type(original)):
        field: Any = declared.get_field(type(original))
        if isinstance(declared, SynchronizedField):
            _share(field, original, page, overridden)
        elif isinstance(field, StreamField):
            theirs, ours = getattr(original, field.name), getattr(page, field.name)
            setattr(page, field.name, _still_there(theirs, ours, field.name, overridden))
        elif isinstance(field, models.ManyToOneRel) and isinstance(field.remote_field, ParentalKey):
            keys = {row.translation_key for row in getattr(original, field.name).all()}
            rows = getattr(page, field.name)
            rows.set([row for row in rows.all() if row.translation_key in keys])
    _withdraw_undescribed(original, page, state)


def _share(field: Any, original: Page, page: Page, overridden: set[str]) -> None:
    if isinstance(field, models.ManyToOneRel):
        original.copy_child_relation(field.name, page)
        return
    value = getattr(original, field.attname)
    if field.name not in overridden or value is None:
        setattr(page, field.attname, value)


def _withdraw_undescribed(original: Page, page: Page, state: TranslationState) -> None:
    """A new picture whose description is still to be translated waits with it; the old one is gone already."""
    missing = set(segments.untranslated(state.translation).values_list("context__path", flat=True))
    for name, descriptions in getattr(page, "described_pictures", {}).items():
        was = type(page).objects.filter(pk=page.pk).values_list(name, flat=True).first()
        is_new = getattr(page, f"{name}_id") != was
        if is_new and missing & set(descriptions):
            setattr(page, name, None)


def _still_there(theirs: StreamValue, ours: StreamValue, name: str, overridden: set[str]) -> StreamValue:
    """Our blocks without those that the original has taken out, and without pictures that it no longer shows."""
    originals = {child.id: child for child in theirs}
    kept = []
    for child in ours:
        original = originals.get(child.id)
        if original is None:
            continue
        has_own_picture = any(path.startswith(f"{name}.{child.id}.") for path in overridden)
        if has_own_picture or _pictures(child) <= _pictures(original):
            kept.append(child.get_prep_value())
    return StreamValue(ours.stream_block, kept, is_lazy=True)


def _pictures(child: Any) -> set[str]:
    references = child.block.extract_references(child.value)
    return {str(key) for model, key, *_path in references if model is get_image_model()}


def _content(page: Page) -> Any:
    """What a page says, without what Wagtail keeps of its publication and without the keys of child rows."""
    return _without_keys(json.loads(page.to_json()), _BOOKKEEPING)  # as a revision keeps it, to the millisecond


_BOOKKEEPING = {
    "latest_revision", "live_revision", "latest_revision_created_at", "last_published_at", "has_unpublished_changes",
    "live", "draft_title", "go_live_at", "numchild", "owner", "locked", "locked_at", "locked_by", "first_published_at",
    "wagtail_admin_comments", "expired",
}  # fmt: skip


def _without_keys(value: Any, dropped: set[str]) -> Any:
    if isinstance(value, dict):
        return {name: _without_keys(part, {"pk"}) for name, part in value.items() if name not in dropped}
    if isinstance(value, list):
        return [_without_keys(part, {"pk"}) for part in value]
    return value
