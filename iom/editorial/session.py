"""A check of the session, which the editor's script makes after a failed request (`static/js/admin/unsaved.js`)."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.models import Page


def show(request: HttpRequest, page_id: int = 0) -> HttpResponse:
    """Returns 204, or 404 if the user may no longer edit the page. Others are redirected to sign in."""
    if page_id and not get_object_or_404(Page, pk=page_id).specific.permissions_for_user(request.user).can_edit():
        raise Http404
    return HttpResponse(status=204)
