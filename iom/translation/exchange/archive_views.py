"""The view “Exchange files”: downloads several translations as an archive, and uploads files or archives."""

from itertools import islice
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views import View
from wagtail.admin.widgets import AdminPageChooser
from wagtail.models import Locale, Page

from iom.core.files import UnusableFile, attachment_header, get_uploaded_file
from iom.links import parse_key
from iom.screens import Crumb
from iom.translation.exchange import archive, report
from iom.translation.exchange.archive import MAX_ARCHIVE_SIZE, MAX_FILES
from iom.translation.exchange.formats import FORMATS, Format
from iom.translation.models import TranslationState
from iom.translation.workflow import policy
from iom.translation.workflow.views import DeskScreen

PENDING, EVERY = "pending", "all"
_CHOICES = [(one.name, one.label) for one in FORMATS.values()]


class SelectionForm(forms.Form):
    """The translations that the user has selected on the desk, and the format."""

    translation = forms.TypedMultipleChoiceField(coerce=int, choices=())
    format = forms.ChoiceField(choices=_CHOICES)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        numbers = [value for value in data.getlist("translation") if parse_key(value)][: MAX_FILES + 1]
        self.fields["translation"].choices = [(value, value) for value in numbers]  # type: ignore[attr-defined]

    @property
    def condition(self) -> Q:
        return Q(pk__in=self.cleaned_data["translation"])


class SectionForm(forms.Form):
    """All translations below a page (the original or a translation) into one language."""

    section = forms.ModelChoiceField(Page.objects.filter(depth__gt=1), label=_("Section"), widget=AdminPageChooser())
    locale = forms.ModelChoiceField(Locale.objects.none(), label=_("Language"), empty_label=None)
    which = forms.ChoiceField(
        label=_("Translations"), choices=[(PENDING, _("All pending translations")), (EVERY, _("All translations"))]
    )
    format = forms.ChoiceField(label=_("Format"), choices=_CHOICES)

    def __init__(self, user: Any, data: Any = None) -> None:
        super().__init__(data)
        self.fields["locale"].queryset = policy.languages_of(user)  # type: ignore[attr-defined]

    @property
    def condition(self) -> Q:
        path = self.cleaned_data["section"].path
        below = Q(page__path__startswith=path) | Q(original__page__path__startswith=path)
        found = below & Q(locale=self.cleaned_data["locale"])
        return found if self.cleaned_data["which"] == EVERY else found & ~Q(step__in=TranslationState.DONE)


class ExchangeView(DeskScreen, View):
    """GET shows the screen or, with `format`, sends an archive. POST imports a file or an archive."""

    template_name = "translation/exchange/screen.html"
    page_title = _("Exchange files")
    header_icon = "download"

    def parent_crumbs(self) -> list[Crumb]:
        return [{"url": reverse("translation_desk"), "label": gettext("Translations")}]

    def get(self, request: HttpRequest) -> HttpResponse:
        if "format" not in request.GET:
            return self._screen()
        is_section = "section" in request.GET
        form = SectionForm(request.user, request.GET) if is_section else SelectionForm(request.GET)
        if not form.is_valid():
            if isinstance(form, SectionForm):
                return self._screen(form=form)
            messages.error(request, gettext("Choose translations first."))
            return redirect("translation_desk")
        states = self._states(form.condition)
        if not states:
            messages.error(request, gettext("There is no such translation that you can open."))
        elif len(states) > MAX_FILES:
            text = gettext("An archive contains at most %(limit)d translations. Choose fewer.")
            messages.error(request, text % {"limit": MAX_FILES})
        else:
            return self._archive(states, FORMATS[form.cleaned_data["format"]])
        return redirect("translation_exchange" if is_section else "translation_desk")

    def _archive(self, states: list[TranslationState], format: Format) -> HttpResponse:
        content = archive.build_archive(states, format)
        headers = attachment_header(f"translations-{timezone.localdate().isoformat()}.zip")
        return HttpResponse(content, content_type="application/zip", headers=headers)

    def _states(self, condition: Q) -> list[TranslationState]:
        """Returns the translations that the user may open, the most urgent first, at most one more than MAX_FILES."""
        states = TranslationState.objects.filter(condition, translation__enabled=True).by_urgency().for_work()
        seen = (state for state in states.iterator() if policy.may_see(self.request.user, state))
        return list(islice(seen, MAX_FILES + 1))

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            file = get_uploaded_file(request, MAX_ARCHIVE_SIZE)
            return self._screen(results=archive.import_files(file.name or "", file.read(), request.user))
        except UnusableFile as error:
            report.add_refusal_message(request, error)
        return redirect("translation_exchange")

    def _screen(self, form: SectionForm | None = None, results: list[archive.Result] | None = None) -> HttpResponse:
        context = self.get_context_data(form=form or SectionForm(self.request.user), results=results)
        return self.render_to_response(context)
