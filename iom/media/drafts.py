"""Adds the files of drafts to Wagtail's reference index, so that its screens count them as used before a deletion.

Wagtail's index has the references of the row of a page, as last published. This module adds rows for files to which
only drafts refer. Their base content type is the page's own type, while Wagtail's rows have `Page`. Wagtail shows and
counts them like its own, and neither overwrites nor removes them. They make no file public (`iom.media.public`).
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.dispatch import receiver
from django.utils.translation import gettext, gettext_lazy
from wagtail.models import Page, ReferenceIndex, Revision, TaskState, get_page_models

from iom.media.models import SiteDocument, SiteImage
from iom.publishing import events, jobs, locking

JOB = "media.drafts"
FILES: tuple[type[Model], ...] = (SiteImage, SiteDocument)


class Reference(NamedTuple):
    """A reference to a picture or document, as columns of Wagtail's index."""

    to_content_type_id: int
    to_object_id: str
    model_path: str
    content_path: str


class Source(NamedTuple):
    """A source of drafts that are not in revisions."""

    references: Callable[[Page], Iterable[Reference]]
    pages: Callable[[], Iterable[int]]  # the keys of the pages that may have references


sources: list[Source] = []


def _content_type_id(model: type[Model]) -> int:
    return ContentType.objects.get_for_model(model, for_concrete_model=False).pk


def reference_to(model: type[Model], key: object, model_path: str, content_path: str) -> Reference:
    return Reference(_content_type_id(model), str(key), model_path, content_path)


def draft_rows() -> QuerySet[ReferenceIndex]:
    """Returns the rows of all drafts in the index."""
    kinds = [_content_type_id(model) for model in get_page_models() if model is not Page]
    return ReferenceIndex.objects.filter(base_content_type__in=kinds)


def _references_in(draft: Page) -> Iterator[Reference]:
    """Yields the references in the fields of a draft. Wagtail's function would also read child rows, without files."""
    for field in draft._meta.get_fields():
        if field.many_to_one and field.related_model in FILES:
            if key := field.value_from_object(draft):
                yield reference_to(field.related_model, key, field.name, field.name)
        elif hasattr(field, "extract_references"):
            for model, key, *paths in field.extract_references(field.value_from_object(draft)):
                if model in FILES:
                    yield reference_to(model, key, *(f"{field.name}.{path}" for path in paths))


def _publishable_revisions(page: Page) -> QuerySet[Revision]:
    """Returns the revisions that may be published: the latest, the scheduled ones and those in review."""
    latest = page.latest_revision_id if page.has_unpublished_changes else None
    in_review = TaskState.objects.filter(revision=OuterRef("pk"), status=TaskState.STATUS_IN_PROGRESS)
    return page.revisions.filter(Q(pk=latest) | Q(approved_go_live_at__isnull=False) | Exists(in_review))


def _references_in_all_drafts(page: Any) -> set[Reference]:
    found = {one for source in sources for one in source.references(page)}
    return found.union(
        *(_references_in(page.from_content(revision.content)) for revision in _publishable_revisions(page))
    )


def _write_rows(page: Page, found: set[Reference], is_all: bool = False) -> bool:
    """Writes the rows of a page. `found`: the references of one draft, or of all (`is_all`). Whether any remain."""
    kinds = _content_type_id(Page), _content_type_id(type(page))
    stored = ReferenceIndex.objects.filter(base_content_type__in=kinds, object_id=str(page.pk))
    published: set[tuple[int, str]] = set()
    written: dict[Reference, int] = {}
    to_files = stored.filter(to_content_type__in=map(_content_type_id, FILES))
    for pk, kind, *columns in to_files.values_list("pk", "base_content_type", *Reference._fields):
        one = Reference(*columns)
        if kind == _content_type_id(Page):
            published.add(one[:2])
        else:
            written[one] = pk
    wanted = {one for one in found if one[:2] not in published}
    if written.keys() - wanted and not is_all:  # another draft may still refer to it
        wanted |= {one for one in _references_in_all_drafts(page) if one[:2] not in published}
    if gone := [written[one] for one in written.keys() - wanted]:
        ReferenceIndex.objects.filter(pk__in=gone).delete()
    if new := wanted - written.keys():
        ReferenceIndex.objects.bulk_create([_row(page, one) for one in new], ignore_conflicts=True)
    return bool(wanted)


def _row(page: Page, reference: Reference) -> ReferenceIndex:
    kind = _content_type_id(type(page))
    path_hash = ReferenceIndex._get_content_path_hash(reference.content_path)
    return ReferenceIndex(
        content_type_id=kind,
        base_content_type_id=kind,
        object_id=str(page.pk),
        content_path_hash=path_hash,
        **reference._asdict(),
    )


def refresh(page: Page) -> None:
    """Writes the rows of a page from its drafts. The caller has locked the page."""
    _write_rows(page, _references_in_all_drafts(page), is_all=True)


@receiver(events.draft_saved)
def on_draft_saved(page: Any, revision: Any, **kwargs: Any) -> None:
    revision.has_files_of_its_own = _write_rows(page, set(_references_in(page)))


@receiver([events.published, events.scheduled, events.restored])
def on_row_written(page: Any, revision: Any = None, **kwargs: Any) -> None:
    """Updates the rows after a publication. No query if the published draft was just saved and added no files."""
    if page.has_unpublished_changes:
        refresh(page)
    elif getattr(revision, "has_files_of_its_own", True):
        _write_rows(page, set())


@receiver(events.gone)
def on_page_gone(page: Page, **kwargs: Any) -> None:
    ReferenceIndex.objects.filter(base_content_type=page.content_type_id, object_id=str(page.pk)).delete()


@locking.atomic
def _refresh_key(key: int) -> None:
    locking.lock_pages([key])
    for page in Page.objects.filter(pk=key).specific():
        refresh(page)


def _page_keys() -> set[int]:
    """Returns the keys of the pages that have, or had, drafts with files."""
    drafts = Page.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    written = draft_rows().values_list("object_id", flat=True)
    return {*drafts.values_list("pk", flat=True), *map(int, written)}.union(*(one.pages() for one in sources))


@jobs.daily(JOB, label=gettext_lazy("Find the files that drafts refer to"), is_long=True)
def refresh_all() -> None:
    """Refreshes the rows of all pages, since some drafts cause no event, such as those that a script writes."""
    for key in sorted(_page_keys()):
        _refresh_key(key)


def _describe_with_draft(reference: ReferenceIndex) -> str:
    """Replaces Wagtail's `describe_source_field`, to mark references from drafts."""
    words = _describe(reference)
    model: Any = ContentType.objects.get_for_id(reference.base_content_type_id).model_class()
    is_draft = issubclass(model, Page) and model is not Page
    return gettext("%(field)s (in a draft)") % {"field": words} if is_draft else words


_describe = ReferenceIndex.describe_source_field
ReferenceIndex.describe_source_field = _describe_with_draft
