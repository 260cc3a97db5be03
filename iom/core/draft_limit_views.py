"""The form that limits a draft to named people, and helpers for the editor's message about the limit."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.models import Page

from iom.core.draft_limits import DraftLimit, limit_to
from iom.screens import PageScreen
from iom.users import WRITES_ORIGINALS


def may_limit_draft(user: Any, page: Page) -> bool:
    """Whether the page is not live and the user may edit it and write originals."""
    permissions = page.permissions_for_user(user)
    return not page.live and permissions.can_edit() and user.has_perm(WRITES_ORIGINALS)


def get_allowed_people(page: Page) -> list[Any]:
    """Returns the people who may see the draft besides the editors; empty if it is not limited."""
    limit = DraftLimit.objects.filter(translation_key=page.translation_key).first()
    return list(limit.people.order_by("last_name", "first_name", "pk")) if limit else []


def _get_admin_users() -> QuerySet[Any]:
    """Returns the users with access to the admin."""
    users: QuerySet[Any] = ModelBackend().with_perm("wagtailadmin.access_admin")
    return users.order_by("last_name", "first_name", "pk")


class PersonField(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return get_user_display_name(obj)


class DraftLimitForm(forms.Form):
    people = PersonField(
        queryset=get_user_model()._default_manager.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Only these people may see this draft"),
        help_text=gettext_lazy(
            "With you, the owner of the page, and the editors. If you choose nobody, the draft is no longer limited. "
            "Publication lifts the limit."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = _get_admin_users()  # type: ignore[attr-defined]


class DraftLimitView(PageScreen):
    page_title = gettext_lazy("Limit this draft")
    header_icon = "view"
    button = gettext_lazy("Save")
    form_class = DraftLimitForm

    def may_open(self, user: Any) -> bool:
        return may_limit_draft(user, self.page)

    def get_initial(self) -> dict[str, Any]:
        return {"people": get_allowed_people(self.page)}

    def form_valid(self, form: DraftLimitForm) -> HttpResponse:
        people = list(form.cleaned_data["people"])
        limit_to(self.page, [*people, self.request.user] if people else [])
        text = gettext("Only the people named may see this draft.") if people else gettext("The draft is not limited.")
        messages.success(self.request, text)
        return redirect(self.back_url)
