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

PAUSE = 5  # seconds without requests to an object store that did not respond
_UNAVAILABLE_HEADERS = {"Retry-After": "30", "Cache-Control": "no-store"}
_away_until = 0.0
logger = logging.getLogger(__name__)

_CONTENT_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def _serve_local_file(request: HttpRequest, path: Path, headers: dict[str, str]) -> HttpResponseBase:
    """Returns the file, a range of it, or 304, with WhiteNoise's responder."""
    headers |= {"X-Content-Type-Options": "nosniff", "Accept-Ranges": "bytes"}
    try:
        responder = StaticFile(str(path), list(headers.items()))
    except (OSError, NotARegularFileError) as error:
        raise Http404 from error
    response = WhiteNoiseMiddleware.serve(responder, request)
    if policy := headers.get("Content-Security-Policy"):  # a 304 has lost it
        response.headers["Content-Security-Policy"] = policy
    return response


def _serve_from_object_store(name: str, headers: dict[str, str]) -> HttpResponseBase:
    """Returns a file from the object store; 503 if the store does not respond. Raises Http404."""
    from boto3.exceptions import Boto3Error  # not installed without an object store
    from botocore.exceptions import BotoCoreError, ClientError

    global _away_until
    try:
        if time.monotonic() < _away_until:
            return HttpResponse(status=503, headers=_UNAVAILABLE_HEADERS)
        return FileResponse(default_storage.open(name), headers=headers)
    except FileNotFoundError as error:
        raise Http404 from error
    except (Boto3Error, BotoCoreError, ClientError) as error:
        _away_until = time.monotonic() + PAUSE
        logger.warning("The object store does not answer: %s", error)
        return HttpResponse(status=503, headers=_UNAVAILABLE_HEADERS)


def serve_file(request: HttpRequest, name: str, headers: dict[str, str]) -> HttpResponseBase:
    """Returns a stored file, a range of it, or 304, without checking permissions."""
    try:
        path = Path(default_storage.path(name))
    except NotImplementedError:  # an object store
        return _serve_from_object_store(name, headers)
    return _serve_local_file(request, path, headers)


def rendition(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serves a rendition at `/media/images/<path>`, as far as `public` allows. Nothing else in `/media/` is public."""
    content_type = _CONTENT_TYPES.get(Path(path).suffix.lower())
    if content_type is None or "\0" in path:
        raise Http404
    name, seen = f"images/{path}", public.get_observation(request)
    control = public.TO_EVERYONE
    if not public.is_known_public(name, seen):
        image = get_object_or_404(SiteImage.objects.defer("rendition_map"), renditions__file=name)
        control = public.cache_control_for(request, image)
        if control == public.TO_EVERYONE:
            public.remember_public(name, seen)
    return serve_file(request, name, {"Content-Type": content_type, "Cache-Control": control})


def avatar(request: HttpRequest, name: str) -> HttpResponseBase:
    """Serves the avatar of a user to users of the admin."""
    content_type = _CONTENT_TYPES.get(Path(name).suffix.lower())
    if content_type is None or "\0" in name or not request.user.has_perm("wagtailadmin.access_admin"):
        raise Http404
    profile = get_object_or_404(UserProfile, avatar=f"avatar_images/{name}")
    return serve_file(request, profile.avatar.name, {"Content-Type": content_type, "Cache-Control": public.TO_EDITORS})


def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Serves a document, after the check of `public`.

    A document in a private collection need not be in a text: Wagtail's `before_serve_document` hooks check access, for
    instance by a password.
    """
    found = get_object_or_404(SiteDocument, id=document_id)
    if found.filename != document_filename:
        raise Http404
    is_private = found.collection.get_view_restrictions().exists()
    is_public = not is_private and public.cache_control_for(request, found) == public.TO_EVERYONE
    for ask in hooks.get_hooks("before_serve_document"):
        refusal = ask(found, request)
        if isinstance(refusal, HttpResponse):
            return refusal
    document_served.send(sender=SiteDocument, instance=found, request=request)
    headers = {
        "Content-Type": found.content_type,
        "Content-Disposition": content_disposition_header(found.content_disposition != "inline", found.filename),
        # Validated at each request: the text may have been withdrawn, or the collection may have become private.
        "Cache-Control": "no-cache" if is_public else public.TO_ONE_PERSON,
        "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    }
    return serve_file(request, str(found.file.name), headers)
