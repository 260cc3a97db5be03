from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from iom.media.views import send
from newsroom.models import PressArchive
from newsroom.press.making import is_current


def archive(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """An article's archive, as long as anyone may have all that is in it: asked anew each time, of everything."""
    found = get_object_or_404(PressArchive.objects.exclude(file=""), token=token)
    if found.name != name or not is_current(found):
        raise Http404
    headers = {
        "Content-Type": "application/zip",
        "Content-Disposition": content_disposition_header(True, found.name) or "attachment",
        "Cache-Control": "no-cache",  # asked anew each time: the article may have been withdrawn
        "X-Robots-Tag": "noindex",
    }
    return send(request, found.file, headers)
