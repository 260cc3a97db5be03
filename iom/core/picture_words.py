"""What was written of a picture when readers last saw it: proposed where it is chosen again, in the same language."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from iom.core.blocks import values_of
from iom.core.blocks.picture import PictureBlock
from iom.media.models import SiteImage
from iom.navigation.visibility import visible

RECENT = 20  # pages that are looked through


@dataclass(frozen=True)
class PictureWords:
    """An alternative text and a caption; `page` is the title of the page that has them."""

    alt: str
    caption: str
    page: str


def last_used(picture: SiteImage, locale: Any) -> PictureWords | None:
    """Of the latest page of the language that readers see; None where no page describes the picture."""
    of_pages = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.get_references_to(picture).filter(base_content_type=of_pages)
    keys = {int(key) for key in references.values_list("object_id", flat=True)}
    pages = visible(Page.objects.filter(pk__in=keys, locale=locale)).order_by("-last_published_at", "-pk")[:RECENT]
    for page in pages.specific():
        for alt, caption in _said(page, picture):
            if alt:
                return PictureWords(alt, caption, page.title)
    return None


def _said(page: Any, picture: SiteImage) -> Iterator[tuple[str, str]]:
    """The alternative texts and captions that a page has for the picture."""
    for name, described in getattr(page, "described_pictures", {}).items():
        if getattr(page, f"{name}_id") == picture.pk:
            alt, *others = (getattr(page, field) for field in described)
            yield alt, "".join(others[:1])
    for child in getattr(page, "body", ()):
        for value in values_of(PictureBlock, child.block, child.value):
            if value["image"] is not None and value["image"].pk == picture.pk:
                yield value["alt"], value["caption"]


def propose(request: HttpRequest, image_id: int, page_id: int) -> JsonResponse:
    """For the script of the editor; `page_id` is the page that is edited, or the one below which one is added."""
    pictures = policy_registry.get_by_type(SiteImage).instances_user_has_any_permission_for(request.user, ["choose"])
    picture = get_object_or_404(pictures, pk=image_id)
    page = get_object_or_404(Page.objects.select_related("locale"), pk=page_id)
    words = last_used(picture, page.locale)
    if words is None:
        return JsonResponse({})
    note = gettext("Proposed from “%(title)s”. Check it.") % {"title": words.page}
    return JsonResponse({"alt": words.alt, "caption": words.caption, "note": note})
