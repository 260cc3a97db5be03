"""The screen “Import a press release”: an uploaded or pasted text opens as a draft in the editor."""

import hashlib
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
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
from wagtail.models import Page
from wagtail.permissions import policy_registry

from iom.publishing import locking
from iom.screens import Screen
from iom.users import WRITES_ORIGINALS
from iom.users.models import User
from newsroom.importing.admin import note
from newsroom.importing.admin.forms import ImportForm
from newsroom.importing.metadata import Metadata
from newsroom.importing.readers import word
from newsroom.importing.writer import write_draft
from newsroom.models import NewsArticle, NewsIndex


def may_add_pages(user: User | AnonymousUser) -> bool:
    """Returns whether the user may add any page. It costs no query, because every admin page calls it."""
    return user.has_perm(WRITES_ORIGINALS) and policy_registry.get_by_type(Page).user_has_permission(user, "add")


def may_import_into(user: User | AnonymousUser, index: NewsIndex) -> bool:
    """Returns whether the user may add articles to the newsroom, in its language."""
    return user.has_perm(WRITES_ORIGINALS) and index.permissions_for_user(user).can_add_subpage()


class UploadLimit(FileUploadHandler):
    """An upload handler before all others. It drops a file that is too large, and the rest of the form is read."""

    max_size = word.MAX_FILE_SIZE
    dropped = ""  # the name of the file that was too large

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        if start + len(raw_data) > self.max_size:
            self.dropped = self.file_name or "?"
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class ImportView(Screen, FormView):
    """Shows the form, writes a valid text as a draft, and opens this in the editor."""

    template_name = "newsroom/importing/form.html"
    page_title = gettext_lazy("Import a press release")
    header_icon = "upload"
    form_class = ImportForm

    def may_open(self, user: User | AnonymousUser) -> bool:
        newsrooms = NewsIndex.objects.filter(alias_of=None).select_related("locale").order_by("-locale__language_code")
        self.indexes = {one.locale.language_code: one for one in newsrooms if may_import_into(user, one)}
        return bool(self.indexes)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        self.limit = UploadLimit()
        request.upload_handlers.insert(0, self.limit)
        return super().dispatch(request, *args, **kwargs)

    @method_decorator(csrf_protect)
    def post(self, request: HttpRequest, *args: str, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs)

    def get_initial(self) -> dict[str, object]:
        language = self.request.GET.get("language", "")
        return {"language": language if language in self.indexes else "auto"}

    def get_form_kwargs(self) -> dict[str, object]:
        return super().get_form_kwargs() | {"indexes": self.indexes, "dropped": self.limit.dropped}

    def form_valid(self, form: ImportForm) -> HttpResponse:
        article, is_new = self._get_or_create_draft(form)
        if is_new:
            recognised = note.recognized_parts(article.imported_text)
            context = {"title": article.title, "recognised": recognised}
            messages.success(self.request, render_to_string("newsroom/importing/recognised.html", context))
        elif article.permissions_for_user(self.request.user).can_edit():
            messages.warning(self.request, gettext("This text has already been imported. This is its draft."))
        else:
            text = gettext("This text has already been imported. Its draft, “%(title)s”, belongs to another person.")
            messages.warning(self.request, text % {"title": article.get_admin_display_title()})
            return redirect("wagtailadmin_explore", form.index.pk)
        return redirect("wagtailadmin_pages:edit", article.pk)

    def _get_or_create_draft(self, form: ImportForm) -> tuple[NewsArticle, bool]:
        """Returns the draft of the text, and whether it is new. A text has one draft, whoever imports it."""
        file = form.cleaned_data["file"]
        if file:
            file.seek(0)
        data = file.read() if file else form.cleaned_data["text"].encode()
        digest = hashlib.sha256(data).hexdigest()
        with transaction.atomic():
            locking.lock_tree()  # serializes imports, so that a second one finds the draft of the first
            drafts = NewsArticle.objects.filter(locale=form.index.locale, live=False, first_published_at=None)
            known = drafts.filter(imported_text__digest=digest).order_by("pk").first()
            if known:
                return known, False
            user = cast(User, self.request.user)  # `dispatch` has refused anonymous users
            article = write_draft(form.release, form.index, user, metadata=Metadata(digest=digest))
            record = article.imported_text
            record.report |= {"file": file.name if file else ""}
            record.save(update_fields=["report"])
        return article, True


def import_text(request: HttpRequest) -> HttpResponseBase:
    """Runs ImportView. A request that exceeds the server's limit gets a message and an empty form."""
    try:
        return ImportView.as_view()(request)
    except RequestDataTooBig:
        messages.error(request, gettext("The text is too long. Maximum 200,000 characters."))
        return redirect("newsroom_import")


import_text.csrf_exempt = True  # type: ignore[attr-defined]  # ImportView checks after it has set the upload limit
