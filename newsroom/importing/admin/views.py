"""« Import a press release »: what an officer chooses or pastes opens as a draft in the editor."""

import hashlib
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.decorators import method_decorator
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.csrf import csrf_protect
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from iom.publishing import locking
from newsroom.importing.admin import note, permission
from newsroom.importing.admin.forms import ImportForm
from newsroom.importing.admin.uploads import UploadLimit
from newsroom.importing.facts import Facts
from newsroom.importing.writer import draft
from newsroom.models import NewsArticle


class ImportView(WagtailAdminTemplateMixin, FormView):
    """The form; a text that can be read becomes a draft, which it leads to."""

    template_name = "newsroom/importing/form.html"
    page_title = gettext_lazy("Import a press release")
    header_icon = "upload"
    form_class = ImportForm
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.limit = UploadLimit()
        request.upload_handlers.insert(0, self.limit)
        self.indexes = permission.indexes(request.user)
        if not self.indexes:
            raise PermissionDenied
        return self._protected(request, *args, **kwargs)

    @method_decorator(csrf_protect)
    def _protected(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_initial(self) -> dict[str, Any]:
        language = self.request.GET.get("language", "")
        return {"language": language if language in self.indexes else "auto"}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"indexes": self.indexes, "dropped": self.limit.dropped}

    def form_valid(self, form: ImportForm) -> HttpResponse:
        article, is_new = self._drafted(form)
        if is_new:
            recognised = note.recognised(article.imported_text)
            context = {"title": article.title, "recognised": recognised}
            messages.success(self.request, render_to_string("newsroom/importing/recognised.html", context))
        elif article.permissions_for_user(self.request.user).can_edit():
            messages.warning(self.request, gettext("This text is imported already: here is its draft."))
        else:
            text = gettext("This text is imported already: its draft, “%(title)s”, belongs to another person.")
            messages.warning(self.request, text % {"title": article.get_admin_display_title()})
            return redirect("wagtailadmin_explore", form.index.pk)
        return redirect("wagtailadmin_pages:edit", article.pk)

    def _drafted(self, form: ImportForm) -> tuple[Any, bool]:
        """The draft of the text, and whether it is new: whoever imports it, at whatever moment, there is one."""
        user: Any = self.request.user
        file = form.cleaned_data["file"]
        digest = hashlib.sha256()
        if file:
            file.seek(0)
            digest.update(file.read())
        else:
            digest.update(form.cleaned_data["text"].encode())
        with transaction.atomic():
            locking.lock_tree()  # one import after the other: the second finds the draft of the first
            drafts = NewsArticle.objects.filter(locale=form.index.locale, live=False, first_published_at=None)
            known = drafts.filter(imported_text__digest=digest.hexdigest()).order_by("pk").first()
            if known:
                return known, False
            article = draft(form.release, form.index, user, facts=Facts(digest=digest.hexdigest()))
            record = article.imported_text
            record.report |= {"file": file.name if file else ""}
            record.save(update_fields=["report"])
        return article, True


def import_text(request: HttpRequest) -> HttpResponseBase:
    """The view; where more was pasted than the server takes, no form can be made of the request."""
    try:
        return ImportView.as_view()(request)
    except RequestDataTooBig:
        messages.error(request, gettext("The text is too long: a release has a few pages."))
        return redirect("newsroom_import")


import_text.csrf_exempt = True  # type: ignore[attr-defined]  # ImportView checks, once the limit stands
