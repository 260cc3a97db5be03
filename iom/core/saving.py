"""Saves a page with fewer queries: each edit and each publication saves it several times."""

from collections.abc import Collection
from typing import Any

from django.db import models, transaction
from wagtail.models import COMMENTS_RELATION_NAME, Page, PageLogEntry, ReferenceIndex, TranslatableMixin

from iom.publishing import gate

# Wagtail sets these fields, and constraints of the database check them: validation needs no query.
_RECORDS = {"content_type", "locale", "latest_revision", "live_revision"}
_OF_THE_PAGE = {*_RECORDS, "owner", "locked_by", "alias_of"}  # whatever a revision says
_KEPT_BY_THE_DATABASE = {*_RECORDS, "path", "translation_key"}
# The fields that Wagtail saves with a draft. Readers, search and references do not depend on them.
_OF_A_DRAFT = {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes"}


class SavingMixin:
    def full_clean(self: Any, exclude: Collection[str] | None = None, **kwargs: Any) -> None:
        super().full_clean({*(exclude or ()), *_KEPT_BY_THE_DATABASE}, **kwargs)  # type: ignore[misc]

    @classmethod
    def from_content(cls: Any, content: dict[str, Any]) -> Any:
        """The fields and child rows in `content`, for reading: without what belongs to the page and not to a text."""
        return _with_protected(cls.from_serializable_data(_without_records(cls, content)), content)

    def with_content_json(self: Any, content: dict[str, Any]) -> Any:
        """Without loading the records that Wagtail replaces by the page's own, nor the parent twice."""
        page = super().with_content_json(_without_records(type(self), content))  # type: ignore[misc]
        _with_protected(page, content, row=self)
        page._cached_parent_obj = self.get_parent()
        page.live_revision_id = self.live_revision_id  # without it, scheduling the draft would unpublish the page
        if self._meta.get_field("locale").is_cached(self):
            page.locale = self.locale
        for rows in getattr(page, "_cluster_related_objects", {}).values():
            _know_again(rows)  # else a form that does not know one of them would delete it
        return page

    def save(self: Any, *args: Any, **kwargs: Any) -> None:
        """Updates the reference index once, after the page has been saved, not after each child row."""
        from wagtail import signal_handlers  # it imports models, which are not loaded yet

        names = set(kwargs.get("update_fields") or ())
        if names and names <= {*_OF_A_DRAFT, COMMENTS_RELATION_NAME}:
            if COMMENTS_RELATION_NAME in names:
                getattr(self, COMMENTS_RELATION_NAME).commit()
            values = {name: getattr(self, name) for name in names & _OF_A_DRAFT}
            Page._base_manager.filter(pk=self.pk).update(**values)  # in its own table alone
            return
        if names or getattr(signal_handlers.reference_index_auto_update_disabled, "value", False):
            super().save(*args, **kwargs)  # type: ignore[misc]
            return
        rows = getattr(self, "_cluster_related_objects", {})
        for row_list in rows.values():
            _know_again(row_list)
        children = dict(rows)
        if gate.page_being_published(self.pk):
            # Comments are saved with drafts. These were read before the page was locked: later ones would be deleted.
            rows.pop(COMMENTS_RELATION_NAME, None)
        with transaction.atomic():
            with signal_handlers.disable_reference_index_auto_update():
                super().save(*args, **kwargs)  # type: ignore[misc]
            unsaved = self.__dict__.get("_cluster_related_objects")
            self._cluster_related_objects = children  # those just written
            ReferenceIndex.create_or_update_for_object(self)
            self._cluster_related_objects = unsaved or {}
            self.written_child_rows = children  # for receivers of the publication


def _know_again(rows: Collection[Any]) -> None:
    """Rows that a revision has without their keys get those that they have got when it was first published. A second
    row would be refused: there is one of each text in a language."""
    new = [row for row in rows if row.pk is None and isinstance(row, TranslatableMixin)]
    if not new:
        return
    stored = type(new[0])._default_manager.filter(translation_key__in=[row.translation_key for row in new])
    known = {(key, locale): pk for key, locale, pk in stored.values_list("translation_key", "locale", "pk")}
    for row in new:
        row.pk = known.get((row.translation_key, row.locale_id))


def _protected(model: type[models.Model]) -> list[models.ForeignKey]:
    fields = [field for field in model._meta.fields if isinstance(field, models.ForeignKey)]
    return [one for one in fields if one.remote_field.on_delete is models.PROTECT and one.name not in _OF_THE_PAGE]


def _without_records(model: type[models.Model], content: dict[str, Any]) -> dict[str, Any]:
    left_out = _OF_THE_PAGE | {field.name for field in _protected(model)}
    return {name: value for name, value in content.items() if name not in left_out}


def _with_protected(page: Any, content: dict[str, Any], row: Any = None) -> Any:
    """With the records that rows protect. A draft protects nothing: one that is gone is replaced by that of the row.

    modelcluster would raise an exception, and nobody could edit, compare or publish the draft.
    """
    for field in _protected(type(page)):
        key, of_the_row = content.get(field.name), getattr(row, field.attname, None)
        is_there = key in (None, of_the_row) or field.related_model._base_manager.filter(pk=key).exists()
        setattr(page, field.attname, key if is_there else of_the_row)
    return page


def _check_log_entry(entry: PageLogEntry) -> None:
    """Without querying whether page, user and revision exist: Wagtail has just used them."""
    models.Model.full_clean(entry, exclude={"content_type", "page", "revision", "user"})


PageLogEntry.full_clean = _check_log_entry
