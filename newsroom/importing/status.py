"""A part of the site's status: the files that failed in the last import of an archive."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import hooks

from iom.operation.status import FINE, WARNING, Part
from newsroom.importing.models import ArchiveImport

MAX_LISTED_FILES = 3


@hooks.register("site_status")
def last_import() -> Iterator[Part]:
    last = ArchiveImport.objects.first()
    if last is None:
        return
    name, number, day = _("Import of an archive"), len(last.failed), date_format(last.ended_at, "DATETIME_FORMAT")
    if not number:
        yield Part(name, FINE, _("The last one, of %(day)s, is complete.") % {"day": day})
        return
    text = ngettext(
        "%(number)d file of %(day)s has failed: %(files)s",
        "%(number)d files of %(day)s have failed: %(files)s",
        number,
    )
    files = "; ".join(f"{file}: {why}" for file, why in list(last.failed.items())[:MAX_LISTED_FILES])
    advice = _("Ask the operators to correct these files and to import them again. Their report has all reasons.")
    yield Part(name, WARNING, text % {"number": number, "day": day, "files": files}, advice)
