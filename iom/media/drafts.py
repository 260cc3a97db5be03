"""What drafts alone refer to counts as used, in all of Wagtail's screens: nobody deletes it without knowing.

Wagtail's index of references knows what the row of a page refers to, as it was last published. This adds rows for the
files of its drafts that the row does not refer to. They are of the page's own type, where Wagtail's are of `Page`: it
shows and counts them as it does its own, and neither overwrites nor removes them. Visitors may have no file because of
them (`iom.media.public`).
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
    """A picture or document, and where it stands: as columns of Wagtail's index."""

    to_content_type_id: int
    to_object_id: str
    model_path: str
    content_path: str


class Source(NamedTuple):
    """Keeps drafts elsewhere than in revisions."""

    references: Callable[[Page], Iterable[Reference]]
    pages: Callable[[], Iterable[int]]  # the keys of those of which it may have any


sources: list[Source] = []


def _kind(model: type[Model]) -> int:
    return ContentType.objects.get_for_model(model, for_concrete_model=False).pk


def reference_to(model: type[Model], key: object, model_path: str, content_path: str) -> Reference:
    return Reference(_kind(model), str(key), model_path, content_path)


def rows() -> QuerySet[ReferenceIndex]:
    """Of all drafts."""
    kinds = [_kind(model) for model in get_page_models() if model is not Page]
    return ReferenceIndex.objects.filter(base_content_type__in=kinds)


def _in(draft: Page) -> Iterator[Reference]:
    """In its fields. No child row has a file, and Wagtail's own function would read all child rows."""
    for field in draft._meta.get_fields():
        if field.many_to_one and field.related_model in FILES:
            if key := field.value_from_object(draft):
                yield reference_to(field.related_model, key, field.name, field.name)
        elif hasattr(field, "extract_references"):
            for model, key, *paths in field.extract_references(field.value_from_object(draft)):
                if model in FILES:
                    yield reference_to(model, key, *(f"{field.name}.{path}" for path in paths))


def _waiting(page: Page) -> QuerySet[Revision]:
    """The revisions that may be published: the latest, what is scheduled, what is in review."""
    latest = page.latest_revision_id if page.has_unpublished_changes else None
    in_review = TaskState.objects.filter(revision=OuterRef("pk"), status=TaskState.STATUS_IN_PROGRESS)
    return page.revisions.filter(Q(pk=latest) | Q(approved_go_live_at__isnull=False) | Exists(in_review))


def _of_all_drafts(page: Any) -> set[Reference]:
    found = {one for source in sources for one in source.references(page)}
    return found.union(*(_in(page.from_content(revision.content)) for revision in _waiting(page)))


def _write(page: Page, found: set[Reference], is_all: bool = False) -> bool:
    """Writes the rows of a page whose drafts refer to `found`, or one of them does. Whether there are any rows."""
    kinds = _kind(Page), _kind(type(page))
    stored = ReferenceIndex.objects.filter(base_content_type__in=kinds, object_id=str(page.pk))
    published: set[tuple[int, str]] = set()
    written: dict[Reference, int] = {}
    to_files = stored.filter(to_content_type__in=map(_kind, FILES))
    for pk, kind, *columns in to_files.values_list("pk", "base_content_type", *Reference._fields):
        one = Reference(*columns)
        if kind == _kind(Page):
            published.add(one[:2])
        else:
            written[one] = pk
    wanted = {one for one in found if one[:2] not in published}
    if written.keys() - wanted and not is_all:  # another draft may still refer to it
        wanted |= {one for one in _of_all_drafts(page) if one[:2] not in published}
    if gone := [written[one] for one in written.keys() - wanted]:
        ReferenceIndex.objects.filter(pk__in=gone).delete()
    if new := wanted - written.keys():
        ReferenceIndex.objects.bulk_create([_row(page, one) for one in new], ignore_conflicts=True)
    return bool(wanted)


def _row(page: Page, reference: Reference) -> ReferenceIndex:
    kind = _kind(type(page))
    path_hash = ReferenceIndex._get_content_path_hash(reference.content_path)
    return ReferenceIndex(
        content_type_id=kind,
        base_content_type_id=kind,
        object_id=str(page.pk),
        content_path_hash=path_hash,
        **reference._asdict(),
    )


def refresh(page: Page) -> None:
    """Writes the rows of a page, which the caller has locked, as its drafts are."""
    _write(page, _of_all_drafts(page), is_all=True)


@receiver(events.draft_saved)
def on_draft_saved(page: Any, revision: Any, **kwargs: Any) -> None:
    revision.has_files_of_its_own = _write(page, set(_in(page)))


@receiver([events.published, events.scheduled, events.restored])
def on_row_written(page: Any, revision: Any = None, **kwargs: Any) -> None:
    """Asks nothing where the draft that has just been saved, without other files than the row, is published."""
    if page.has_unpublished_changes:
        refresh(page)
    elif getattr(revision, "has_files_of_its_own", True):
        _write(page, set())


@receiver(events.gone)
def on_page_gone(page: Page, **kwargs: Any) -> None:
    ReferenceIndex.objects.filter(base_content_type=page.content_type_id, object_id=str(page.pk)).delete()


@locking.atomic
def _refresh_key(key: int) -> None:
    locking.lock_pages([key])
    for page in Page.objects.filter(pk=key).specific():
        refresh(page)


def _keys() -> set[int]:
    """Of all pages that have drafts with files, or had any."""
    drafts = Page.objects.filter(has_unpublished_changes=True, latest_revision__isnull=False)
    written = rows().values_list("object_id", flat=True)
    return {*drafts.values_list("pk", flat=True), *map(int, written)}.union(*(one.pages() for one in sources))


@jobs.daily(JOB, label=gettext_lazy("Find the files that drafts refer to"), is_long=True)
def refresh_all() -> None:
    """For what no event has told, such as drafts that a script has written."""
    for key in sorted(_keys()):
        _refresh_key(key)


def _described(reference: ReferenceIndex) -> str:
    """Replaces Wagtail's `describe_source_field`: readers do not see the file there yet."""
    words = _describe(reference)
    model: Any = ContentType.objects.get_for_id(reference.base_content_type_id).model_class()
    is_draft = issubclass(model, Page) and model is not Page
    return gettext("%(field)s (in a draft)") % {"field": words} if is_draft else words


_describe = ReferenceIndex.describe_source_field
ReferenceIndex.describe_source_field = _described
