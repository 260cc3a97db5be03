"""The daily job that deletes old revisions of pages.

It keeps all that were ever published, those that are scheduled, and those to which any other row refers: the latest
and the live revision of each page, those submitted for approval, those of the translation desk.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, ManyToOneRel, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy
from wagtail.models import BaseLogEntry, Comment, Page, PageLogEntry, Revision

from iom.publishing import jobs, locking

JOB = "old-revisions"
MAX_PAGES = 200  # in one run, which has to end before the lease of the job
# References from these models do not keep a revision: Wagtail moves a comment to the next one.
_IGNORED_REFERENCES = (Comment, BaseLogEntry)


def deletable() -> QuerySet[Revision]:
    """Returns the revisions that are older than REVISION_DAYS and may be deleted."""
    before = timezone.now() - timedelta(days=settings.REVISION_DAYS)
    old = Revision.page_revisions.filter(created_at__lt=before, approved_go_live_at=None)
    published = PageLogEntry.objects.filter(revision=OuterRef("pk"), action__startswith="wagtail.publish")
    old = old.exclude(Exists(published))
    for relation in Revision._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and not issubclass(relation.related_model, _IGNORED_REFERENCES):
            rows = relation.related_model._base_manager.filter(**{relation.field.name: OuterRef("pk")})
            old = old.exclude(Exists(rows))
    return old


@locking.atomic
def _delete_for_page(page: str) -> None:
    """Deletes the old revisions of a page, one by one as Wagtail does. The lock keeps others from publishing one."""
    locking.lock_translations(*Page.objects.filter(pk=page).values_list("translation_key", flat=True))
    for revision in deletable().filter(object_id=page):
        revision.delete()


@jobs.daily(JOB, label=gettext_lazy("Delete old drafts"))
def delete_old_revisions() -> None:
    """Deletes the old revisions of MAX_PAGES pages, and enqueues itself at once where there are more."""
    pages = list(deletable().order_by().values_list("object_id", flat=True).distinct()[: MAX_PAGES + 1])
    for page in pages[:MAX_PAGES]:
        _delete_for_page(page)
    if len(pages) > MAX_PAGES:
        jobs.enqueue(JOB, "all")
