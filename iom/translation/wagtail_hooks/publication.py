from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import Page, Revision
from wagtail_localize.models import Translation

from iom.translation import publication


@hooks.register("before_edit_page", order=-10)  # before localize answers the request
def refuse_to_publish_half_a_translation(request: HttpRequest, page: Page) -> HttpResponse | None:
    """localize would publish it with the original's words in place of what is missing."""
    if request.method != "POST" or request.POST.get("action") != "publish":
        return None
    translation: Any = Translation.objects.filter(
        source__object_id=page.translation_key, target_locale=page.locale_id, enabled=True
    ).first()
    if translation is None:
        return None
    total, translated = translation.get_progress()
    missing = total - translated
    if not missing:
        return None
    text = ngettext(
        "Not published: %(count)d passage is still to be translated.",
        "Not published: %(count)d passages are still to be translated.",
        missing,
    )
    messages.error(request, text % {"count": missing})
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("register_admin_urls", order=-10)  # before localize's own
def refuse_aliases() -> list[URLPattern]:
    """An alias is never served here: making one of a translation would take it from its readers."""
    return [path("localize/page/<int:page_id>/convert_to_alias/", refuse)]


def refuse(request: HttpRequest, page_id: int) -> HttpResponse:
    """Nobody may; Wagtail says so and leads back to the admin's first page."""
    raise PermissionDenied


@hooks.register("before_publication")
def only_what_the_desk_has_made(page: Page, revision: Revision, user: Any) -> bool:
    publication.check(page, revision)
    return False
