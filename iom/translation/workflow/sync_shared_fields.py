"""Writes fields that all languages share into live translations when their original is published.

Dates, pictures, contacts, countries and removed blocks need no translator. The text of a live translation stays until
the new text is complete.
"""

from datetime import datetime
from typing import Any

from django.db import models, transaction
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.models import SegmentOverride

from iom.translation.content import overrides, page_data
from iom.translation.content.segments import Text
from iom.translation.models import TranslationState
from iom.translation.workflow import progress, publication


@transaction.atomic
def sync_shared_fields(state: TranslationState, original: Page, text: Text, user: Any) -> None:
    """Writes the shared values of the original, which was just published, into the live translation.

    `text` is the translation's text, read in this transaction.
    """
    if not state.page.live:
        return
    shared = page_data.shared_digest(state.translation.source)
    if not state.is_whole and shared == state.shared_digest:
        return
    page = page_data.with_child_rows(state.page.specific)
    if state.is_whole and not _has_unpublished_work(state, text):
        whole = overrides.translated_page(state, text)
        whole.expire_at = original.expire_at
        if _content(whole) != _content(page):
            publication.go_live(state, user, text)
        elif state.is_older_than_its_original:  # the author has restored the translated version of the text
            state.source_version = state.original.version
            state.save(update_fields=["source_version"])
        return
    before = _content(page)
    _copy_shared_fields(original, page, state, text)
    if _content(page) != before:
        revision = page.save_revision(user=user)
        state.draft = revision
        state.save(update_fields=["draft"])
        revision.publish(user=user, skip_permission_checks=True)
        state.refresh_from_db()
    state.shared_digest = shared
    state.save(update_fields=["shared_digest"])


def _has_unpublished_work(state: TranslationState, text: Text) -> bool:
    """Returns whether text, slug or overrides differ from the published ones: then the translator publishes them.

    Passages are compared, not only times: the author may restore a sentence whose translation was never published.
    """
    published = state.published_at
    if published is None or progress.is_unrevised(state, text):
        return True
    choices = SegmentOverride.objects.filter(
        context__object_id=state.original.translation_key, locale=state.locale_id, updated_at__gt=published
    )
    return choices.exists() or (text.digest != state.digest and _has_unpublished_words(state, text, published))


def _has_unpublished_words(state: TranslationState, text: Text, published: datetime) -> bool:
    others = text
    for version in state.translation.versions.exclude(published_at=None).iterator():
        others = others.exclude(version.segments)
        if others.has_changed_since(published):  # such as an earlier version's text that was restored
            return True
    return bool(others)


def _copy_shared_fields(original: Page, page: Page, state: TranslationState, text: Text) -> None:
    """Writes shared fields, and no text, into `page`; removes blocks with files that the original no longer shows."""
    overridden = {path: row.data for path, row in overrides.get_overrides(state).items()}
    page.expire_at = original.expire_at
    pictures = {name: getattr(page, f"{name}_id") for name in getattr(page, "described_pictures", {})}
    for declared in get_translatable_fields(type(original)):
        field: Any = declared.get_field(type(original))
        if isinstance(declared, SynchronizedField):
            _copy_field(field, original, page, overridden)
        elif isinstance(field, StreamField):
            source, target = getattr(original, field.name), getattr(page, field.name)
            setattr(page, field.name, _remove_withdrawn_files(source, target, field.name, overridden))
    _remove_undescribed_pictures(page, pictures, text)


def _copy_field(field: Any, original: Page, page: Page, overridden: dict[str, Any]) -> None:
    if isinstance(field, models.ManyToOneRel):
        original.copy_child_relation(field.name, page)
        return
    value = getattr(original, field.attname)
    if field.name not in overridden or value is None:
        setattr(page, field.attname, value)


def _remove_undescribed_pictures(page: Any, pictures: dict[str, Any], text: Text) -> None:
    """Removes a new picture until its description is translated. The old picture is not shown either.

    A picture that is not new, and that only now has a description in the original, stays decorative until then.
    `pictures` are the keys of the page's pictures before the change.
    """
    missing = {segment.path for segment in text.missing}
    for name, was in pictures.items():
        descriptions = page.described_pictures[name]
        alt, decorative = descriptions[0], descriptions[0].replace("_alt", "_decorative")
        is_undescribed = not (getattr(page, alt) or getattr(page, decorative))
        is_new = getattr(page, f"{name}_id") != was
        if is_new and (is_undescribed or missing & set(descriptions)):
            setattr(page, name, None)
        elif is_undescribed:
            setattr(page, decorative, True)


def _remove_withdrawn_files(
    source: StreamValue, target: StreamValue, name: str, overridden: dict[str, Any]
) -> StreamValue:
    """Returns the translation's blocks without those whose pictures or documents the original no longer shows.

    A block stays if the language has chosen its file.
    """
    shown = {file for child in source for file in page_data.files_of(child)}
    kept = []
    for child in target:
        own = {str(data) for path, data in overridden.items() if path.startswith(f"{name}.{child.id}.")}
        if all(key in own for _model, key in page_data.files_of(child) - shown):
            kept.append(child.get_prep_value())
    return StreamValue(target.stream_block, kept, is_lazy=True)


def _content(page: Page) -> Any:
    # As JSON, since a revision stores times to the millisecond only
    return page_data.translatable_content(type(page), page.to_json(), "expire_at")
