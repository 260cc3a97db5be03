from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from iom.core.files import as_attachment
from iom.media.views import send
from iom.withdrawal.public import answer_at
from newsroom.models import PressArchive
from newsroom.press.builder import is_current


def archive(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """An article's archive. Each request asks whether anyone may have all that is in it; 410 once it is withdrawn."""
    if gone := answer_at(request):
        return gone
    found = get_object_or_404(PressArchive.objects.exclude(file=""), token=token)
    if found.name != name or not is_current(found):
        raise Http404
    headers = as_attachment(found.name) | {
        "Content-Type": "application/zip",
        "Cache-Control": "no-cache",  # the article may be withdrawn at any time
        "X-Robots-Tag": "noindex",
    }
    return send(request, str(found.file.name), headers)
