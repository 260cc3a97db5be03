"""Old drafts are deleted once a day: the revisions of pages that nobody can need any more.

Kept are all that were ever published, those that are scheduled, and those that any other row refers to: the latest and
the live one of each page, what was submitted for approval, what the translation desk holds.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, ManyToOneRel, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.models import BaseLogEntry, Comment, Page, PageLogEntry, Revision

from iom.publishing import jobs, locking

JOB = "old-revisions"
PAGES = 200  # in one job, which has to end before its lease does
# These need no revision: a comment moves to the next one as its revision is deleted.
_KEEP_NONE = (Comment, BaseLogEntry)


def deletable() -> QuerySet[Revision]:
    """The revisions that are older than REVISION_DAYS and not kept."""
    before = timezone.now() - timedelta(days=settings.REVISION_DAYS)
    old = Revision.page_revisions.filter(created_at__lt=before, approved_go_live_at=None)
    published = PageLogEntry.objects.filter(revision=OuterRef("pk"), action__startswith="wagtail.publish")
    old = old.exclude(Exists(published))
    for relation in Revision._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and not issubclass(relation.related_model, _KEEP_NONE):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            old = old.exclude(Exists(rows))
    return old


@locking.atomic
def _delete_of(page: str) -> None:
    """Deletes those of a page, each as Wagtail does, while nobody publishes one of them."""
    locking.lock_translations(*Page.objects.filter(pk=page).values_list("translation_key", flat=True))
    for revision in deletable().filter(object_id=page):
        revision.delete()


@jobs.daily(JOB, label=gettext_lazy("Delete old drafts"))
def delete_old() -> None:
    """Goes on at once while there are more."""
    pages = list(deletable().order_by().values_list("object_id", flat=True).distinct()[: PAGES + 1])
    for page in pages[:PAGES]:
        _delete_of(page)
    if len(pages) > PAGES:
        jobs.enqueue(JOB, "all")
