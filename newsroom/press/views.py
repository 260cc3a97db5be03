from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404

from iom.core.files import attachment_header
from iom.media.views import serve_file
from iom.withdrawal.responses import response_at
from newsroom.models import PressArchive
from newsroom.press.builder import is_current


def archive(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """Serves the archive of an article. Each request checks that all its contents are public.

    Answers 404 where they are not, and 410 once the article is withdrawn.
    """
    if gone := response_at(request):
        return gone
    found = get_object_or_404(PressArchive.objects.exclude(file=""), token=token)
    if found.name != name or not is_current(found):
        raise Http404
    headers = attachment_header(found.name) | {
        "Content-Type": "application/zip",
        "Cache-Control": "no-cache",  # the article may be withdrawn at any time
        "X-Robots-Tag": "noindex",
    }
    return serve_file(request, str(found.file.name), headers)
