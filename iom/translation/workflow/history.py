"""Views of the published versions of a translation: passage by passage, with what has changed, and restoring one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail_localize.strings import StringValue

from iom.publishing.locking import atomic
from iom.translation.content import markup, segments
from iom.translation.content.comparison import Pieces, diff, find_closest
from iom.translation.content.places import Place
from iom.translation.content.segments import Segment
from iom.translation.models import TranslationState, TranslationVersion
from iom.translation.workflow import log, policy, writing
from iom.translation.workflow.policy import allowed
from iom.translation.workflow.views import respond


@dataclass(frozen=True)
class Passage:
    """A passage of a published version. `now` is today's segment for it; None where the original has dropped it."""

    number: int
    place: Place | None
    source: str
    target: str
    by: str
    at: datetime | None
    now: Segment | None
    source_changes: Pieces
    target_changes: Pieces

    @property
    def can_be_used(self) -> bool:
        return self.now is not None and bool(self.target) and (not self.now.target or bool(self.target_changes))


def published_versions(state: TranslationState) -> QuerySet[TranslationVersion]:
    """Returns the published versions, the newest first."""
    return state.translation.versions.filter(published_at__isnull=False).select_related("published_by", "revised_by")


def passages(state: TranslationState, version: TranslationVersion) -> list[Passage]:
    """Returns the passages of a version in the order of its text, each with today's segment."""
    today = segments.load_text(state.translation)
    people = log.user_names(row["by"] for row in version.segments)
    found = []
    for number, row in enumerate(version.segments):
        now = find_closest(row["path"], row["source"], today)
        place = now.place if now else None
        target = row["target"] or ""
        found.append(
            Passage(
                number=number,
                place=place,
                source=_to_html(row["source"], place),
                target=_to_html(target, place),
                by=people.get(row["by"], ""),
                at=datetime.fromisoformat(row["at"]) if row["at"] else None,
                now=now,
                source_changes=_changes(row["source"], now.source if now else None),
                target_changes=_changes(target, now.target if now else None),
            )
        )
    return found


def _to_html(data: str, place: Place | None) -> str:
    """Returns the passage as HTML; as plain text where it no longer has a place in the page."""
    return markup.to_html(data, place) if place else StringValue(data).render_text()


def _changes(before: str, after: str | None) -> Pieces:
    return diff(before, after) if after and after != before else []


@require_safe
@allowed(policy.may_see)
def versions(request: HttpRequest, state: TranslationState) -> HttpResponse:
    """Lists the published versions, with their date and their translators."""
    published = list(published_versions(state))
    people = log.user_names(row["by"] for version in published for row in version.segments)
    rows = [
        (version, list(dict.fromkeys(people[row["by"]] for row in version.segments if row["by"] in people)))
        for version in published
    ]
    return _respond(request, state, "translation/versions.html", gettext("Earlier translations"), rows=rows)


@require_safe
@allowed(policy.may_see)
def version(request: HttpRequest, state: TranslationState, version_id: int) -> HttpResponse:
    """Shows one version, passage by passage, with what has changed since."""
    found = get_object_or_404(published_versions(state), pk=version_id)
    when = date_format(localtime(found.published_at), "DATETIME_FORMAT")
    return _respond(
        request,
        state,
        "translation/version.html",
        pgettext("translation", "Published on %(date)s") % {"date": when},
        above=(_breadcrumb(reverse("translation_versions", args=[state.pk])),),
        version=found,
        source_language=state.translation.source.locale.language_code,
        passages=passages(state, found),
        may_translate=policy.may_translate(request.user, state),
    )


@require_POST
@allowed(policy.may_translate)
@atomic
def restore_passage(request: HttpRequest, state: TranslationState, version_id: int, number: int) -> HttpResponse:
    """Writes a passage of a version into the segment that has its place today.

    Asks for confirmation if that segment has another text, unless `replacing` is the fingerprint of that text.
    """
    version = get_object_or_404(published_versions(state), pk=version_id)
    back = reverse("translation_version", args=[state.pk, version.pk])
    state.lock()
    row = version.segments[number] if number < len(version.segments) else None
    now = find_closest(row["path"], row["source"], segments.load_text(state.translation)) if row else None
    if row is None or now is None or not row["target"]:
        messages.error(request, gettext("The original no longer has this passage."))
        return redirect(back)
    past, present = markup.to_text(row["target"], now.place), markup.stored_text(now)
    if present not in ("", past) and request.POST.get("replacing") != markup.text_fingerprint(present):
        return _respond(
            request,
            state,
            "translation/use_confirm.html",
            gettext("Use this translation"),
            above=(_breadcrumb(back),),
            past=past,
            present=present,
            seen=markup.text_fingerprint(present),
            back_url=back,
        )
    if problem := writing.write(state, now, past, request.user):
        messages.warning(
            request,
            gettext("The earlier translation has been restored, but it contains an error. %(problem)s")
            % {"problem": problem},
        )
    else:
        messages.success(request, gettext("The earlier translation has been restored."))
    return redirect(state.editor_address(now.pk))


def _breadcrumb(url: str) -> dict[str, str]:
    return {"url": url, "label": gettext("Earlier translations")}


def _respond(request: HttpRequest, state: TranslationState, template: str, title: str, **context: Any) -> HttpResponse:
    header = f"{title}: {state.page.get_admin_display_title()}"
    return respond(request, state, template, title, header_icon="history", header_title=header, **context)
