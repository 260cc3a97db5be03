"""The earlier versions of a translation in the admin, and the use of a passage of one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from iom.translation.models import TranslationState
from iom.translation.workflow import history, log, policy
from iom.translation.workflow.policy import allowed
from iom.translation.workflow.questions import editor_address
from iom.translation.workflow.views import respond


@require_safe
@allowed(policy.may_see)
def versions(request: HttpRequest, state: TranslationState) -> HttpResponse:
    """What has been published, when and by whom."""
    published = list(history.published(state))
    people = log.names(row["by"] for version in published for row in version.segments)
    rows = [
        (version, list(dict.fromkeys(people[row["by"]] for row in version.segments if row["by"] in people)))
        for version in published
    ]
    return _respond(request, state, "translation/versions.html", gettext("Past translations"), rows=rows)


@require_safe
@allowed(policy.may_see)
def version(request: HttpRequest, state: TranslationState, version_id: int) -> HttpResponse:
    """One version, passage by passage, with what has changed since."""
    found = get_object_or_404(history.published(state), pk=version_id)
    when = date_format(localtime(found.published_at), "DATETIME_FORMAT")
    return _respond(
        request,
        state,
        "translation/version.html",
        gettext("Published on %(date)s") % {"date": when},
        above=(_crumb(reverse("translation_versions", args=[state.pk])),),
        version=found,
        source_language=state.translation.source.locale.language_code,
        passages=history.passages(state, found),
        may_translate=policy.may_translate(request.user, state),
    )


@require_POST
@allowed(policy.may_translate)
def use(request: HttpRequest, state: TranslationState, version_id: int, number: int) -> HttpResponse:
    """Writes the translation that a passage had in a version; asks first where there is another one today."""
    version = get_object_or_404(history.published(state), pk=version_id)
    try:
        segment, problem = history.use(state, version, number, request.user, request.POST.get("replacing", ""))
    except history.WouldReplace as question:
        back = reverse("translation_version", args=[state.pk, version.pk])
        return _respond(
            request,
            state,
            "translation/use_confirm.html",
            gettext("Use this translation"),
            above=(_crumb(back),),
            question=question,
            language=state.locale.language_code,
            back=back,
        )
    except history.NoLongerThere:
        messages.error(request, gettext("The original no longer has this passage."))
        return redirect("translation_version", state.pk, version.pk)
    if problem:
        messages.warning(
            request, gettext("The past translation is there again, but: %(problem)s") % {"problem": problem}
        )
    else:
        messages.success(request, gettext("The past translation is there again."))
    return redirect(editor_address(state, segment.pk))


def _crumb(url: str) -> dict[str, str]:
    return {"url": url, "label": gettext("Past translations")}


def _respond(request: HttpRequest, state: TranslationState, template: str, title: str, **context: Any) -> HttpResponse:
    page_title = state.page.get_admin_display_title()
    header = {"header_icon": "history", "header_title": f"{title}: {page_title}", "page_subtitle": page_title}
    return respond(request, state, template, title, **header, **context)
