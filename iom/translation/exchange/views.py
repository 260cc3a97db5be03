"""The file of one translation: download it in a format, upload it in any."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from iom.core.files import Unusable, as_attachment, received
from iom.translation.exchange import document, formats, importing, report
from iom.translation.exchange.importing import LARGEST
from iom.translation.models import TranslationState
from iom.translation.workflow.views import back


@require_GET
def download(request: HttpRequest, state: TranslationState) -> HttpResponse:
    """In the format `format`; as a PO file where none is named, as localize does. Raises Http404."""
    format = formats.FORMATS.get(request.GET.get("format", "po"))
    if format is None:
        raise Http404
    out = document.of(state)
    headers = as_attachment(f"{out.file_name}.{format.extension}")
    return HttpResponse(format.write(out), content_type=format.media_type, headers=headers)


@require_POST
def upload(request: HttpRequest, state: TranslationState) -> HttpResponse:
    """Brings in the file `file`, and says what has become of it."""
    try:
        content = received(request, LARGEST).read()
        sheets = [sheet for sheet in formats.read(content) if sheet.identity == state.translation.uuid]
        if not sheets:
            raise Unusable(gettext("The file belongs to another translation. Upload it there."))
        for sheet in sheets:
            importing.check_language(sheet, state.translation)
    except Unusable as error:
        report.say_nothing(request, error)
    else:
        for sheet in sheets:
            report.say(request, importing.import_sheet(state, sheet, request.user))
    return back(request, state.editor_address())
