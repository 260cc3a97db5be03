"""The past of a translation in the admin, and going back to a passage of it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from iom.translation.models import TranslationState, TranslationVersion
from iom.translation.workflow import history, policy
from iom.translation.workflow.policy import allowed, state_or_404
from iom.translation.workflow.views import editor_address, respond


class _PastView(WagtailAdminTemplateMixin, TemplateView):
    header_icon = "history"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.state = state_or_404(kwargs["translation_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not policy.may_see(request.user, self.state):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_page_subtitle(self) -> str:
        return str(self.state.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        editor = {"url": editor_address(self.state), "label": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), editor]


class VersionsView(_PastView):
    """What has been published, when and by whom."""

    template_name = "translation/versions.html"
    page_title = gettext_lazy("Past translations")

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = list(history.published(self.state))
        people = history.names(row["by"] for version in versions for row in version.segments)
        rows = [
            (version, list(dict.fromkeys(people[row["by"]] for row in version.segments if row["by"] in people)))
            for version in versions
        ]
        return super().get_context_data(state=self.state, rows=rows, **kwargs)


class VersionView(_PastView):
    """One version, passage by passage, with what has changed since."""

    template_name = "translation/version.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.version = get_object_or_404(history.published(self.state), pk=kwargs["version_id"])

    def get_page_title(self) -> str:
        when = date_format(localtime(self.version.published_at), "DATETIME_FORMAT")
        return gettext("Published on %(date)s") % {"date": when}

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        versions = reverse("translation_versions", args=[self.state.pk])
        return [
            *super().get_breadcrumbs_items(),
            {"url": versions, "label": VersionsView.page_title},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            state=self.state,
            version=self.version,
            source_language=self.state.translation.source.locale.language_code,
            passages=history.passages(self.state, self.version),
            may_translate=policy.may_translate(self.request.user, self.state),
            **kwargs,
        )


@require_POST
@allowed(policy.may_translate)
def use(request: HttpRequest, state: TranslationState, version_id: int, number: int) -> HttpResponse:
    """Goes back to the translation that a passage had in a version; asks first where other words stand there now."""
    version = get_object_or_404(history.published(state), pk=version_id)
    try:
        segment, problem = history.use(state, version, number, request.user, request.POST.get("replacing", ""))
    except history.WouldReplace as question:
        return _ask(request, state, version, question)
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


def _ask(
    request: HttpRequest, state: TranslationState, version: TranslationVersion, question: history.WouldReplace
) -> HttpResponse:
    back = reverse("translation_version", args=[state.pk, version.pk])
    return respond(
        request,
        state,
        "translation/use_confirm.html",
        gettext("Use this translation"),
        above=({"url": back, "label": gettext("Past translations")},),
        header_icon="history",
        question=question,
        language=state.locale.language_code,
        back=back,
    )
