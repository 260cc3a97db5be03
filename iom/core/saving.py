"""Saves a page with fewer queries. Each edit and each publication saves it several times."""

from collections.abc import Collection
from typing import Any

from django.db import models, transaction
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageLogEntry, ReferenceIndex, TranslatableMixin

from iom.listing import writing as listing
from iom.publishing import gate

# Wagtail sets these fields, and database constraints check them. Validation needs no query.
_RECORDS = {"content_type", "locale", "latest_revision", "live_revision"}
_NOT_IN_REVISIONS = {*_RECORDS, "owner", "locked_by", "alias_of"}  # a revision's values do not count
_CHECKED_BY_DATABASE = {*_RECORDS, "path", "translation_key"}
# The fields that Wagtail saves with a draft. Readers, search and references do not depend on them.
_DRAFT_FIELDS = {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"}


class SavingMixin:
    """Validates and saves a page, and loads its revisions, with few queries."""

    def full_clean(self: Any, exclude: Collection[str] | None = None, **kwargs: Any) -> None:
        super().full_clean({*(exclude or ()), *_CHECKED_BY_DATABASE}, **kwargs)  # type: ignore[misc]

    @classmethod
    def from_content(cls: Any, content: dict[str, Any]) -> Any:
        """Returns a page with the fields and child rows in `content`, for reading only.

        It has no values of the fields in `_NOT_IN_REVISIONS`.
        """
        return _set_protected_keys(cls.from_serializable_data(_remove_records(cls, content)), content)

    def with_content_json(self: Any, content: dict[str, Any]) -> Any:
        """Does not load records that Wagtail replaces by those of the page, and loads the parent only once."""
        page = super().with_content_json(_remove_records(type(self), content))  # type: ignore[misc]
        _set_protected_keys(page, content, row=self)
        page._cached_parent_obj = self.get_parent()
        page.live_revision_id = self.live_revision_id  # without it, scheduling the draft unpublishes the page
        if self._meta.get_field("locale").is_cached(self):
            page.locale = self.locale
        for rows in getattr(page, "_cluster_related_objects", {}).values():
            _restore_keys(rows)  # a form deletes the stored rows whose keys it does not have
        return page

    def _update_descendant_url_paths(self: Any, old_url_path: str, new_url_path: str) -> None:
        """Updates the addresses of the pages below, also in the listing. Does nothing without child pages."""
        if self.numchild:
            super()._update_descendant_url_paths(old_url_path, new_url_path)  # type: ignore[misc]
            if not gate.page_being_published(self.pk):  # else `events.moved` is sent
                listing.update_urls(self.get_descendants().values("pk"))

    def save(self: Any, *args: Any, **kwargs: Any) -> None:
        """Updates the reference index once, after the page has been saved, not after each child row."""
        from wagtail import signal_handlers  # imports models, which are not loaded yet

        names = set(kwargs.get("update_fields") or ())
        if names and names <= {*_DRAFT_FIELDS, COMMENTS_RELATION_NAME}:
            if COMMENTS_RELATION_NAME in names:
                getattr(self, COMMENTS_RELATION_NAME).commit()
            values = {name: getattr(self, name) for name in names & _DRAFT_FIELDS}
            Page._base_manager.filter(pk=self.pk).update(**values)  # only in Wagtail's table of pages
            return
        if names or getattr(signal_handlers.reference_index_auto_update_disabled, "value", False):
            super().save(*args, **kwargs)  # type: ignore[misc]
            return
        rows = getattr(self, "_cluster_related_objects", {})
        for row_list in rows.values():
            _restore_keys(row_list)
        children = dict(rows)
        if gate.page_being_published(self.pk):
            # Comments are saved with drafts. These were read before the page was locked; saving deletes later ones.
            rows.pop(COMMENTS_RELATION_NAME, None)
        with transaction.atomic():
            with signal_handlers.disable_reference_index_auto_update():
                super().save(*args, **kwargs)  # type: ignore[misc]
            unsaved = self.__dict__.get("_cluster_related_objects")
            self._cluster_related_objects = children  # the rows that were just written
            ReferenceIndex.create_or_update_for_object(self)
            self._cluster_related_objects = unsaved or {}
            self.written_child_rows = children  # for receivers of the publication


def _restore_keys(rows: Collection[Any]) -> None:
    """Sets the primary keys of rows that were first published from a revision, which stores them without keys.

    Without a key, saving inserts a second row, and the database allows only one per text and language.
    """
    new = [row for row in rows if row.pk is None and isinstance(row, TranslatableMixin)]
    if not new:
        return
    stored = type(new[0])._default_manager.filter(translation_key__in=[row.translation_key for row in new])
    keys = {(key, locale): pk for key, locale, pk in stored.values_list("translation_key", "locale", "pk")}
    for row in new:
        row.pk = keys.get((row.translation_key, row.locale_id))


def _get_protected_fields(model: type[models.Model]) -> list[models.ForeignKey]:
    fields = [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    protected = [field for field in fields if field.remote_field.on_delete is models.PROTECT]
    return [field for field in protected if field.name not in _NOT_IN_REVISIONS]


def _remove_records(model: type[models.Model], content: dict[str, Any]) -> dict[str, Any]:
    removed = _NOT_IN_REVISIONS | {field.name for field in _get_protected_fields(model)}
    return {name: value for name, value in content.items() if name not in removed}


def _set_protected_keys(page: Any, content: dict[str, Any], row: Any = None) -> Any:
    """Sets the foreign keys with PROTECT and returns the page. A deleted record is replaced by that of `row`.

    Drafts do not protect records. For a deleted record, modelcluster would raise an exception, and nobody could edit,
    compare or publish the draft.
    """
    for field in _get_protected_fields(type(page)):
        key, row_key = content.get(field.name), getattr(row, field.attname, None)
        exists = key in (None, row_key) or field.related_model._base_manager.filter(pk=key).exists()
        setattr(page, field.attname, key if exists else row_key)
    return page


def _clean_log_entry(entry: PageLogEntry) -> None:
    """Does not query whether page, user and revision exist; Wagtail has just used them."""
    models.Model.full_clean(entry, exclude={"content_type", "page", "revision", "user"})


PageLogEntry.full_clean = _clean_log_entry
