"""Admin views to withdraw and restore texts, and to decide requests."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.models import Page

from iom import languages
from iom.publishing import gate
from iom.screens import PageScreen
from iom.withdrawal import withdrawing
from iom.withdrawal.forms import RequestForm, WithdrawForm
from iom.withdrawal.models import Withdrawal, WithdrawalRequest
from iom.withdrawal.reading import requests_for


class WithdrawView(PageScreen):
    """Withdraws the text, or sends a request to editors if the user may not withdraw it."""

    template_name = "withdrawal/withdraw.html"
    header_icon = "no-view"

    def may_open(self, user: Any) -> bool:
        permissions = self.page.permissions_for_user(user)
        self.may_withdraw = getattr(permissions, "can_withdraw", bool)()
        return self.may_withdraw or getattr(permissions, "can_ask_for_withdrawal", bool)()

    @property
    def back_url(self) -> str:
        """The list, for a user who only sends a request and perhaps may not edit the text."""
        return super().back_url if self.may_withdraw else self.list_url

    @property
    def list_url(self) -> str:
        return reverse("wagtailadmin_explore", args=[self.page.get_parent().pk])

    @cached_property
    def texts(self) -> list[Page]:
        return withdrawing.public_texts(self.page)

    @cached_property
    def requests(self) -> list[WithdrawalRequest]:
        return requests_for(self.request.user, decision="", page__in=[text.pk for text in self.texts])

    def get_page_title(self) -> str:
        return gettext("Withdraw") if self.may_withdraw else gettext("Ask for withdrawal")

    def get_form_class(self) -> type[Any]:
        return WithdrawForm if self.may_withdraw else RequestForm

    def get_form_kwargs(self) -> dict[str, Any]:
        codes = [text.locale.language_code for text in self.texts]
        return super().get_form_kwargs() | ({"codes": codes} if self.may_withdraw else {})

    def get_initial(self) -> dict[str, Any]:
        """Returns the values of the oldest request. Its reason becomes the note: readers get one of the editors."""
        oldest = next(iter(self.requests), None)
        return {"kind": oldest.kind, "note": oldest.reason} if oldest else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rest = {"texts": self.texts, "may_withdraw": self.may_withdraw, "requests": self.requests}
        return super().get_context_data(**kwargs) | rest

    def form_valid(self, form: Any) -> HttpResponse:
        data, title = form.cleaned_data, self.page.get_admin_display_title()
        if not self.may_withdraw:
            withdrawing.request_withdrawal(self.page, self.request.user, data["kind"], data["reason"])
            messages.success(
                self.request, gettext("Editors have been asked to withdraw “%(title)s”.") % {"title": title}
            )
            return redirect(self.list_url)
        try:
            withdrawing.withdraw(self.page, self.request.user, data["kind"], form.reasons, data["note"])
        except gate.Refused as refused:
            messages.error(self.request, str(refused))
            return redirect(self.list_url)
        codes = ", ".join(languages.name(text.locale.language_code) for text in self.texts)
        text = gettext("“%(title)s” has been withdrawn (%(languages)s).")
        messages.success(self.request, text % {"title": title, "languages": codes})
        return redirect(self.list_url)


@require_POST
def restore(request: HttpRequest, page_id: int) -> HttpResponse:
    """Makes the text public again, as it was before the withdrawal."""
    page = get_object_or_404(Page, pk=page_id).specific
    if not getattr(page.permissions_for_user(request.user), "can_restore", bool)():
        raise PermissionDenied
    try:
        withdrawing.restore(get_object_or_404(Withdrawal, translation_key=page.translation_key), request.user)
    except Withdrawal.DoesNotExist as error:
        raise Http404 from error  # another user has restored it at the same moment
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        text = gettext("“%(title)s” is public again, as it was before.")
        messages.success(request, text % {"title": page.get_admin_display_title()})
    return redirect("wagtailadmin_pages:edit", page.pk)


@require_POST
def decline(request: HttpRequest, request_id: int) -> HttpResponse:
    """Declines a request and notifies the requester."""
    requests = requests_for(request.user, pk=request_id)
    if not requests:
        raise PermissionDenied
    withdrawing.decline(requests[0], request.user)
    messages.success(request, gettext("The request has been declined."))
    return redirect("wagtailadmin_home")
