from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header

from iom.media.views import send
from iom.navigation.visibility import visible
from newsroom.models import NewsArticle, PressArchive


def archive(request: HttpRequest, token: str, name: str) -> HttpResponseBase:
    """An article's archive, as long as anyone may see the article and nothing in it has changed."""
    found = get_object_or_404(PressArchive, token=token)
    is_shown = visible(NewsArticle.objects.filter(pk=found.article_id)).exists()
    if found.name != name or not found.is_current or not is_shown:
        raise Http404
    headers = {
        "Content-Type": "application/zip",
        "Content-Disposition": content_disposition_header(True, found.name) or "attachment",
        "Cache-Control": "no-cache",  # asked anew each time: the article may have been withdrawn
        "X-Robots-Tag": "noindex",
    }
    return send(request, found.file, headers)
