from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Page
from wagtail.utils.decorators import xframe_options_sameorigin_override

from iom.translation.editor import views
from iom.translation.editor.localize import preview
from iom.translation.workflow import policy
from iom.translation.workflow.guards import allowed


@hooks.register("before_edit_page", order=-20)  # localize, which would answer with a screen of its own, comes after
def open_a_translation_in_the_translators_editor(request: HttpRequest, page: Page) -> HttpResponse | None:
    state = views.state_of(page)
    return views.edit(request, state) if state is not None else None


@hooks.register("register_admin_urls")
def where_the_editor_sends_to() -> list[URLPattern]:
    return [
        path(
            "translation/<int:translation_id>/segments/<int:segment_id>/",
            views.save_segment,
            name="translation_segment",
        ),
        path(
            "translation/<int:translation_id>/preview/",
            xframe_options_sameorigin_override(allowed(policy.may_see)(preview)),
            name="translation_preview",
        ),
    ]
