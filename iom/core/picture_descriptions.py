"""Suggests the alternative text and caption that readers last saw with a picture, when it is chosen again."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from wagtail.models import Page, ReferenceIndex
from wagtail.permissions import policy_registry

from iom.core.blocks import find_block_values
from iom.core.blocks.picture import PictureBlock
from iom.media.models import SiteImage
from iom.navigation.visibility import visible

MAX_PAGES_READ = 20  # the latest ones that use the picture


@dataclass(frozen=True)
class PictureDescription:
    """An alternative text and a caption; `page` is the title of the page that has them."""

    alt: str
    caption: str
    page: str


def get_last_description(picture: SiteImage, locale: Any) -> PictureDescription | None:
    """Returns the description on the latest visible page of the language; None where no page describes the picture."""
    of_pages = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.get_references_to(picture).filter(base_content_type=of_pages)
    keys = {int(key) for key in references.values_list("object_id", flat=True)}
    pages = visible(Page.objects.filter(pk__in=keys, locale=locale)).order_by("-last_published_at", "-pk")
    for page in pages[:MAX_PAGES_READ].specific():
        for alt, caption in _descriptions_on(page, picture):
            if alt:
                return PictureDescription(alt, caption, page.title)
    return None


def _descriptions_on(page: Any, picture: SiteImage) -> Iterator[tuple[str, str]]:
    """Yields the alternative texts and captions that a page has for the picture."""
    for name, fields in getattr(page, "described_pictures", {}).items():
        if getattr(page, f"{name}_id") == picture.pk:
            alt, *others = (getattr(page, field) for field in fields)
            yield alt, "".join(others[:1])
    for value in find_block_values(PictureBlock, getattr(page, "body", ())):
        if value["image"] is not None and value["image"].pk == picture.pk:
            yield value["alt"], value["caption"]


def suggest(request: HttpRequest, image_id: int, page_id: int) -> JsonResponse:
    """View for the editor's script. `page_id` is the page that is edited, or the parent of a page that is added."""
    pictures = policy_registry.get_by_type(SiteImage).instances_user_has_any_permission_for(request.user, ["choose"])
    picture = get_object_or_404(pictures, pk=image_id)
    page = get_object_or_404(Page.objects.select_related("locale"), pk=page_id)
    description = get_last_description(picture, page.locale)
    if description is None:
        return JsonResponse({})
    note = gettext("Proposed from “%(title)s”. Check it.") % {"title": description.page}
    return JsonResponse({"alt": description.alt, "caption": description.caption, "note": note})
