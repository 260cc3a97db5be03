"""The view “Files of the translation memory”: exports TMX, imports TMX as a named archive, and removes archives."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.forms import WagtailAdminModelForm

from iom.core.files import UnusableFile, attachment_header, get_uploaded_file
from iom.navigation.locales import site_locales
from iom.publishing.locking import atomic
from iom.screens import Crumb
from iom.translation.exchange import report, tmx
from iom.translation.memory import entries
from iom.translation.models import MemoryArchive, MemoryEntry
from iom.translation.workflow.views import DeskScreen

MAX_UPLOAD_SIZE = 20 * 1024 * 1024  # bytes; `import_memory` accepts larger files
MAX_PAIRS = 30_000  # about 20 MB of ordinary ones


class DownloadForm(forms.Form):
    source = forms.ModelChoiceField(site_locales(), label=_("Language of the original"), empty_label=None)
    target = forms.ModelChoiceField(site_locales(), label=_("Language of the translation"), empty_label=None)

    def __init__(self, data: Any = None) -> None:
        """Preselects the first language as source and the second as target."""
        first = list(site_locales().values_list("pk", flat=True)[:2])
        super().__init__(data, initial={"source": first[0], "target": first[-1]} if first else None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("source") == data.get("target"):
            raise forms.ValidationError(_("Choose two different languages."))
        return data


class UploadForm(WagtailAdminModelForm):
    file = forms.FileField(label=_("TMX file"), widget=forms.FileInput(attrs={"accept": ".tmx"}))

    class Meta:
        model = MemoryArchive
        fields = ["name"]


@atomic
def import_archive(archive: MemoryArchive, file: Any, most: int | None = None) -> int:
    """Saves an archive with the pairs of a TMX file and returns their number.

    Raises UnusableFile and saves nothing if the file is damaged, has more pairs than `most`, or has none in the
    languages of the site.
    """
    if file.seekable():  # not a pipe, from which the command may read
        file.seek(0)  # the transaction may be repeated
    archive.save()
    locales = {locale.language_code: locale for locale in site_locales()}
    count = entries.import_pairs(archive, _limit_pairs(tmx.read(file, locales), most))
    if not count:
        raise UnusableFile(gettext("The file has no pairs of texts in the languages of this site."))
    return count


def _limit_pairs(found: Iterator[entries.Pair], most: int | None) -> Iterator[entries.Pair]:
    for number, pair in enumerate(found):
        if number == most:
            text = gettext("The file contains more than %(limit)d entries. Upload it in several parts.")
            raise UnusableFile(text % {"limit": most})
        yield pair


class MemoryFilesView(DeskScreen, View):
    template_name = "translation/exchange/memory.html"
    page_title = _("Files of the translation memory")
    header_icon = "download"

    def parent_crumbs(self) -> list[Crumb]:
        return [
            {"url": reverse("translation_desk"), "label": gettext("Translations")},
            {"url": reverse("translation_exchange"), "label": gettext("Exchange files")},
        ]

    def get(self, request: HttpRequest) -> HttpResponseBase:
        if "source" not in request.GET:
            return self._screen()
        form = DownloadForm(request.GET)
        if not form.is_valid():
            return self._screen(download=form)
        source, target = form.cleaned_data["source"], form.cleaned_data["target"]
        codes = (source.language_code, target.language_code)
        name = f"memory-{'-'.join(codes)}-{timezone.localdate().isoformat()}.tmx"
        content = tmx.write(entries.export_pairs(source, target), *codes, timezone.now())
        return StreamingHttpResponse(content, content_type=tmx.MEDIA_TYPE, headers=attachment_header(name))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        if "remove" in request.POST:
            return self._remove(request)
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._screen(upload=form)
        form.instance.imported_by = request.user
        try:
            count = import_archive(form.instance, get_uploaded_file(request, MAX_UPLOAD_SIZE), MAX_PAIRS)
        except UnusableFile as error:
            report.add_refusal_message(request, error)
            return self._screen(upload=UploadForm(initial={"name": form.cleaned_data["name"]}))
        text = ngettext("%(count)d pair imported.", "%(count)d pairs imported.", count)
        messages.success(request, text % {"count": count})
        return redirect("translation_memory_files")

    def _remove(self, request: HttpRequest) -> HttpResponseBase:
        number = request.POST["remove"]
        archive = self._removable().filter(pk=number).first() if number.isdecimal() else None
        if archive is None:
            raise PermissionDenied
        entries.delete_archive(archive)
        messages.success(request, gettext("“%(name)s” has been removed.") % {"name": archive.name})
        return redirect("translation_memory_files")

    def _removable(self) -> QuerySet[MemoryArchive]:
        """Returns the archives that the user may remove: the user's own; for newsroom editors, all."""
        user: Any = self.request.user
        archives = MemoryArchive.objects.all()
        return archives if user.has_perm("users.retire_page") else archives.filter(imported_by=user)

    def _screen(self, download: DownloadForm | None = None, upload: UploadForm | None = None) -> HttpResponse:
        archives = list(MemoryArchive.objects.select_related("imported_by").order_by("-imported_at"))
        counted = MemoryEntry.objects.filter(archive__in=archives).order_by().values_list("archive")
        counts = dict(counted.annotate(number=Count("pk")))
        removable = set(self._removable().values_list("pk", flat=True))
        context = self.get_context_data(
            download=download or DownloadForm(),
            upload=upload or UploadForm(),
            archives=[(archive, counts.get(archive.pk, 0), archive.pk in removable) for archive in archives],
        )
        return self.render_to_response(context)
