"""The screen “Files of the translation memory”: TMX out, TMX in as an archive with a name, archives removed."""

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

from iom.core.files import Unusable, as_attachment, received
from iom.navigation.locales import site_locales
from iom.publishing.locking import atomic
from iom.screens import Crumb
from iom.translation.exchange import report, tmx
from iom.translation.memory import pairs
from iom.translation.models import MemoryArchive, MemoryEntry
from iom.translation.workflow.views import DeskScreen

LARGEST = 20 * 1024 * 1024  # bytes; `import_memory` takes larger ones
MOST = 30_000  # pairs, some 20 MB of ordinary ones


class DownloadForm(forms.Form):
    source = forms.ModelChoiceField(site_locales(), label=_("Language of the original"), empty_label=None)
    target = forms.ModelChoiceField(site_locales(), label=_("Language of the translation"), empty_label=None)

    def __init__(self, data: Any = None) -> None:
        """From the first language into the second, unless others are chosen."""
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
    """Stores the archive with the pairs of a TMX file; how many.

    Raises Unusable, and stores nothing, where it cannot be read to its end, has more pairs than `most`, or none in the
    site's languages.
    """
    archive.save()
    locales = {locale.language_code: locale for locale in site_locales()}
    count = pairs.import_pairs(archive, _limited(tmx.read(file, locales), most))
    if not count:
        raise Unusable(gettext("The file has no pairs of texts in the languages of this site."))
    return count


def _limited(found: Iterator[pairs.Pair], most: int | None) -> Iterator[pairs.Pair]:
    for number, pair in enumerate(found):
        if number == most:
            text = gettext("The file contains more than %(limit)d entries. Upload it in several parts.")
            raise Unusable(text % {"limit": most})
        yield pair


class MemoryFilesView(DeskScreen, View):
    template_name = "translation/exchange/memory.html"
    page_title = _("Files of the translation memory")
    header_icon = "download"

    def above(self) -> list[Crumb]:
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
        content = tmx.write(pairs.export_pairs(source, target), *codes, timezone.now())
        return StreamingHttpResponse(content, content_type=tmx.MEDIA_TYPE, headers=as_attachment(name))

    def post(self, request: HttpRequest) -> HttpResponseBase:
        if "remove" in request.POST:
            return self._remove(request)
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._screen(upload=form)
        form.instance.imported_by = request.user
        try:
            count = import_archive(form.instance, received(request, LARGEST), MOST)
        except Unusable as error:
            report.say_nothing(request, error)
            return self._screen(upload=UploadForm(initial={"name": form.cleaned_data["name"]}))
        text = ngettext("%(count)d pair imported.", "%(count)d pairs imported.", count)
        messages.success(request, text % {"count": count})
        return redirect("translation_memory_files")

    def _remove(self, request: HttpRequest) -> HttpResponseBase:
        number = request.POST["remove"]
        archive = self._removable().filter(pk=number).first() if number.isdecimal() else None
        if archive is None:
            raise PermissionDenied
        pairs.remove_archive(archive)
        messages.success(request, gettext("“%(name)s” has been removed.") % {"name": archive.name})
        return redirect("translation_memory_files")

    def _removable(self) -> QuerySet[MemoryArchive]:
        """One's own; newsroom editors remove any."""
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
