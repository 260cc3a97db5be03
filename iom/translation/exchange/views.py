"""Views that download the file of one translation in any format and upload it again."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from iom.core.files import UnusableFile, attachment_header, get_uploaded_file
from iom.translation.exchange import document, formats, importing, report
from iom.translation.exchange.importing import MAX_FILE_SIZE
from iom.translation.models import TranslationState
from iom.translation.workflow.views import redirect_back


@require_GET
def download(request: HttpRequest, state: TranslationState) -> HttpResponse:
    """Sends the file in the format `format`, by default as PO as localize does. Raises Http404."""
    format = formats.FORMATS.get(request.GET.get("format", "po"))
    if format is None:
        raise Http404
    out = document.build_document(state)
    headers = attachment_header(f"{out.file_name}.{format.extension}")
    return HttpResponse(format.write(out), content_type=format.media_type, headers=headers)


@require_POST
def upload(request: HttpRequest, state: TranslationState) -> HttpResponse:
    """Imports the uploaded `file` and adds messages about the outcome."""
    try:
        content = get_uploaded_file(request, MAX_FILE_SIZE).read()
        translations = [parsed for parsed in formats.read(content) if parsed.identity == state.translation.uuid]
        if not translations:
            raise UnusableFile(gettext("The file belongs to another translation. Upload it there."))
        for parsed in translations:
            importing.check_language(parsed, state.translation)
    except UnusableFile as error:
        report.add_refusal_message(request, error)
    else:
        for parsed in translations:
            report.add_outcome_messages(request, importing.import_translation(state, parsed, request.user))
    return redirect_back(request, state.editor_address())
