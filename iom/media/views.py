"""Serves uploaded files: renditions, avatars and documents, never originals."""

import logging
import time
from pathlib import Path

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from wagtail import hooks
from wagtail.documents.models import document_served
from wagtail.users.models import UserProfile
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import NotARegularFileError, StaticFile

from iom.media import public
from iom.media.models import SiteDocument, SiteImage

PAUSE = 5  # seconds for which an object store that did not answer is not asked
_AWAY = {"Retry-After": "30", "Cache-Control": "no-store"}
_away_until = 0.0
logger = logging.getLogger(__name__)

_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def _respond(request: HttpRequest, path: Path, headers: dict[str, str]) -> HttpResponseBase:
    """The file, a range of it, or 304, by WhiteNoise's responder."""
    headers |= {"X-Content-Type-Options": "nosniff", "Accept-Ranges": "bytes"}
    try:
        responder = StaticFile(str(path), list(headers.items()))
    except (OSError, NotARegularFileError) as error:
        raise Http404 from error
    return WhiteNoiseMiddleware.serve(responder, request)


def _of_store(name: str, headers: dict[str, str]) -> HttpResponseBase:
    """A file of an object store; 503 where this does not answer. Raises Http404."""
    from boto3.exceptions import Boto3Error  # where there is such a store
    from botocore.exceptions import BotoCoreError, ClientError

    global _away_until
    try:
        if time.monotonic() < _away_until:
            return HttpResponse(status=503, headers=_AWAY)
        return FileResponse(default_storage.open(name), headers=headers)
    except FileNotFoundError as error:
        raise Http404 from error
    except (Boto3Error, BotoCoreError, ClientError) as error:
        _away_until = time.monotonic() + PAUSE
        logger.warning("The object store does not answer: %s", error)
        return HttpResponse(status=503, headers=_AWAY)


def send(request: HttpRequest, name: str, headers: dict[str, str]) -> HttpResponseBase:
    """A stored file, a range of it, or 304, without checking permissions."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:  # an object store
        return _of_store(name, headers)
    return _respond(request, path, headers)


def rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """A rendition at `/media/images/<path>`, for who may have the picture; nothing else below `/media/` is public."""
    content_type = _TYPES.get(Path(path).suffix.lower())
    if content_type is None or "\0" in path:
        raise Http404
    name, seen = f"images/{path}", public.observation(request)
    control = public.TO_EVERYONE
    if not public.is_known(name, seen):
        image = get_object_or_404(SiteImage.objects.defer("rendition_map"), renditions__file=name)
        control = public.control_for(request, image)
        if control == public.TO_EVERYONE:
            public.remember(name, seen)
    return send(request, name, {"Content-Type": content_type, "Cache-Control": control})


def avatar(request: HttpRequest, name: str) -> HttpResponseBase:
    """The avatar of a user, for users of the admin."""
    content_type = _TYPES.get(Path(name).suffix.lower())
    if content_type is None or "\0" in name or not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    profile = get_object_or_404(UserProfile, avatar=f"avatar_images/{name}")
    return send(request, profile.avatar.name, {"Content-Type": content_type, "Cache-Control": public.TO_EDITORS})


def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """A document, for who may have it.

    Of a private collection, Wagtail's `before_serve_document` hooks ask for a password, say; then it need not stand in
    a text.
    """
    found = get_object_or_404(SiteDocument, id=document_id)
    if found.filename != document_filename:
        raise Http404
    is_private = found.collection.get_view_restrictions().exists()
    is_public = not is_private and public.control_for(request, found) == public.TO_EVERYONE
    for ask in hooks.get_hooks("before_serve_document"):
        refusal = ask(found, request)
        if isinstance(refusal, HttpResponse):
            return refusal
    document_served.send(sender=SiteDocument, instance=found, request=request)
    headers = {
        "Content-Type": found.content_type,
        "Content-Disposition": content_disposition_header(found.content_disposition != "inline", found.filename),
        # Checked at each request: it may have been withdrawn, or its collection have become private.
        "Cache-Control": "no-cache" if is_public else public.TO_ONE_PERSON,
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    }
    return send(request, str(found.file.name), headers)
