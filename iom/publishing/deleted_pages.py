"""Restores deleted pages within 30 days, with their translations, drafts, comments and history.

A deletion stores the rows that it deletes, as Django's collector finds them, in one row (`DeletedPage`). No other
module reads it. Derived rows, such as the listing and the search index, are not stored but written again.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DEFAULT_DB_ALIAS
from django.db.models import F, ForeignKey, Model, QuerySet
from django.db.models.deletion import Collector
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log
from wagtail.models import Page, PageViewRestriction, ReferenceIndex, Revision

from iom.publishing import events, jobs, locking
from iom.publishing.models import DeletedPage

RETENTION = timedelta(days=30)
JOB = "deleted-page"
# Beginnings of the names of tables whose rows are derived from others or valid only for a moment.
_EXCLUDED = ("listing_", "search_", "publishing_", "wagtailsearch_")


class ExactEncoder(DjangoJSONEncoder):
    """Keeps the microseconds of times, which Django's encoder cuts to milliseconds: texts are compared by them."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


class _Deletion:
    """The rows of one deletion, and the parent of each page that was deleted by itself."""

    def __init__(self) -> None:
        self.rows: list[Model] = []
        self.keys: dict[type[Model], set[Any]] = {}
        self.parents: dict[int, int] = {}
        self.emptied: list[tuple[str, Any, str, Any]] = []

    def add(self, page: Page) -> None:
        """Adds a page and its descendants, with all rows that Django deletes with them."""
        collector: Any = Collector(using=DEFAULT_DB_ALIAS)
        pages = Page.objects.filter(path__startswith=page.path)
        collector.collect(pages)
        keys = {model: {row.pk for row in rows} for model, rows in collector.data.items()}
        for query in collector.fast_deletes:
            keys.setdefault(query.model, set()).update(query.values_list("pk", flat=True))
        keys[ReferenceIndex] = set(ReferenceIndex.get_references_to_in_bulk(pages).values_list("pk", flat=True))
        self.parents[page.pk] = page.get_parent().pk
        for (field, _empty), groups in collector.field_updates.items():
            values = [(row.pk, getattr(row, field.attname)) for rows in groups for row in rows]
            self.emptied += [(field.model._meta.label, key, field.attname, value) for key, value in values]
        for model, new in keys.items():
            if not model._meta.db_table.startswith(_EXCLUDED):
                known = self.keys.setdefault(model, set())
                self.rows += model._base_manager.filter(pk__in=new - known)
                known |= new


_deletion: ContextVar[_Deletion | None] = ContextVar("_deletion", default=None)


def is_being_deleted(page: Page) -> bool:
    """Whether a deletion in progress includes `page`, such as that of its section."""
    deletion = _deletion.get()
    return deletion is not None and page.pk in deletion.keys[Page]


@contextmanager
def keep_deleted(page: Page, user: Any) -> Iterator[None]:
    """Stores what is deleted within the block. Pages deleted with `page`, such as translations, are stored with it."""
    deletion = _deletion.get()
    if deletion is not None:
        deletion.add(page)
        yield
        return
    deletion, title = _Deletion(), page.specific_deferred.get_admin_display_title()
    deletion.add(page)
    token = _deletion.set(deletion)
    try:
        yield
    finally:
        _deletion.reset(token)
    DeletedPage.objects.create(
        title=title,
        parent=deletion.parents[page.pk],
        parents=list(deletion.parents.items()),
        pages=len(deletion.keys[Page]),
        emptied=deletion.emptied,
        rows=serializers.serialize("json", deletion.rows, cls=ExactEncoder),
        deleted_by=user,
    )


@locking.atomic
def restore(kept: DeletedPage, user: Any = None) -> Page:
    """Creates the pages again below their parents, as drafts, and returns the page that was deleted.

    Raises ValidationError, with a message for the user, where a parent has been deleted too or a page is no longer
    valid. Raises DeletedPage.DoesNotExist where another user has restored it.
    """
    locking.lock_tree()
    kept = DeletedPage.objects.select_for_update().get(pk=kept.pk)
    found = serializers.deserialize("json", kept.rows, ignorenonexistent=True)
    rows = _drop_missing_references([deserialized.object for deserialized in found])
    pages = sorted((row for row in rows if isinstance(row, Page) and type(row) is Page), key=lambda page: page.path)
    live = [page.pk for page in pages if page.live]
    _place(pages, dict(kept.parents))
    scheduled = [row for row in rows if isinstance(row, Revision) and row.approved_go_live_at]
    for row in scheduled:
        row.approved_go_live_at = None  # its time may have passed
    for row in rows:
        if not isinstance(row, ReferenceIndex) and not _is_address_taken(row):
            row.save_base(raw=True, force_insert=True)
    for page in pages:
        restored = page.specific
        restored.save()  # validates it, and writes derived data
        log(instance=restored, action="publishing.restore", user=user)
        events.restored.send(type(restored), page=restored, pages=[])
    for row in rows:
        if isinstance(row, PageViewRestriction):
            row.save_base()  # sends the signal that the translations are private again
    for row in scheduled:
        row.save(update_fields=["approved_go_live_at"])  # sends the signal of a cancelled schedule
    for label, key, name, value in kept.emptied:
        model = apps.get_model(label)
        model._base_manager.filter(pk=key, **{name: None}).update(**{name: value})
    for row in rows:
        if isinstance(row, ReferenceIndex):  # an object that refers to the pages, such as a text with a link
            for referring in row.content_type.model_class()._base_manager.filter(pk=row.object_id):
                ReferenceIndex.create_or_update_for_object(referring)
    # Unpublishing keeps their translations ready for the next publication.
    Page.objects.filter(pk__in=live).update(live=True)
    for page in Page.objects.filter(pk__in=live).order_by("path").specific():
        UnpublishPageAction(page, user=user, log_action=False).execute(skip_permission_checks=True)
    DeletedPage.objects.filter(pk=kept.pk).delete()  # last: its receivers look for the pages, which exist again
    return Page.objects.get(pk=kept.parents[0][0])


def _place(pages: list[Page], parents: dict[int, int]) -> None:
    """Sets the tree fields of the pages, each below its parent, with another slug where its own is taken now."""
    placed: dict[str, Page] = {}  # by their former paths
    for page in pages:
        former = page.path
        if page.pk in parents:
            parent = Page.objects.filter(pk=parents[page.pk]).first()
            if parent is None:
                raise ValidationError(gettext("The section of the page has been deleted as well. Restore it first."))
            last = parent.get_last_child()
            page.path = last._inc_path() if last else page._get_path(parent.path, parent.depth + 1, 1)
            page._cached_parent_obj = parent
            page.slug = page._get_autogenerated_slug(page.slug)
            Page.objects.filter(pk=parent.pk).update(numchild=F("numchild") + 1)
        else:
            parent = placed[former[: -page.steplen]]
            page.path = parent.path + former[-page.steplen :]
        page.depth = parent.depth + 1
        page.set_url_path(parent)
        page.live, page.has_unpublished_changes = False, True
        placed[former] = page


def _is_address_taken(row: Model) -> bool:
    """Whether the row is a redirect from an address for which there is another redirect now."""
    return isinstance(row, Redirect) and Redirect.objects.filter(old_path=row.old_path, site=row.site_id).exists()


def _references(row: Model) -> list[ForeignKey]:
    fields = row._meta.local_concrete_fields
    return [field for field in fields if isinstance(field, ForeignKey) and getattr(row, field.attname) is not None]


def _drop_missing_references(rows: list[Model]) -> list[Model]:
    """Empties references to rows that have been deleted in the meantime, such as the account of an author.

    Leaves out a row with such a reference that may not be empty. Raises ValidationError if this row is a page.
    """
    targets: dict[type[Model], set[Any]] = {}
    for row in rows:
        for field in _references(row):
            targets.setdefault(field.related_model, set()).add(getattr(row, field.attname))
    present = {(type(row), row.pk) for row in rows}
    for model, keys in targets.items():
        present |= {(model, key) for key in model._base_manager.filter(pk__in=keys).values_list("pk", flat=True)}
    complete = []
    for row in rows:
        missing = [
            field for field in _references(row) if (field.related_model, getattr(row, field.attname)) not in present
        ]
        for field in missing:
            setattr(row, field.attname, None)
        if all(field.null for field in missing):
            complete.append(row)
        elif isinstance(row, Page):
            names = ", ".join(str(field.verbose_name) for field in missing)
            raise ValidationError(
                gettext("What the page needs has been deleted as well: %(names)s.") % {"names": names}
            )
    return complete


@receiver(pre_delete, sender=DeletedPage)
def _send_forgotten(sender: type[DeletedPage], instance: DeletedPage, **kwargs: Any) -> None:
    """Sends the translation keys of texts that no page and no other `DeletedPage` has any more."""
    found = (row["fields"] for row in json.loads(instance.rows) if row["model"] == Page._meta.label_lower)
    keys = {fields["translation_key"] for fields in found}
    others = DeletedPage.objects.exclude(pk=instance.pk)
    keys -= {
        str(key) for key in Page.objects.filter(translation_key__in=keys).values_list("translation_key", flat=True)
    }
    keys = {key for key in keys if not others.filter(rows__contains=f'"{key}"').exists()}
    events.forgotten.send(sender, keys=keys)


def _expired() -> QuerySet[DeletedPage]:
    return DeletedPage.objects.filter(deleted_at__lt=timezone.now() - RETENTION)


@jobs.handler(
    JOB, label=gettext_lazy("Forget a deleted page"), missing=lambda: _expired().values_list("pk", flat=True)
)
def forget(key: str) -> None:
    _expired().filter(pk=key).delete()
