"""Reports in the state of the site whether reads are counted."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail import hooks

from iom.operation.status import FINE, WARNING, Part
from iom.reads import reading
from iom.reads.models import PageReads


@hooks.register("site_status")
def reads() -> Iterator[Part]:
    if not reading.is_counted():
        return
    last = PageReads.objects.aggregate(Max("day"))["day__max"]
    is_recent = last is not None and last >= timezone.localdate() - timedelta(days=1)
    detail = _("The last one is of %(day)s") % {"day": date_format(last)} if last else _("Nothing is counted yet.")
    advice = _("If the site has readers, ask the operators about COUNT_READS.")
    if settings.COUNT_READS == "log":
        advice = _("Ask the operators whether manage.py count_reads reads the log of the HTTP cache.")
    yield Part(_("Reads"), FINE if is_recent else WARNING, detail, advice)
