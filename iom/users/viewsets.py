"""Wagtail's views of accounts, with `iom.users.policy`."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from wagtail.admin.views import generic
from wagtail.users.views import users
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, SetActiveStateBulkAction

from iom.users.models import User
from iom.users.policy import fields_denied_to, may_change
from iom.users.sign_in.views import AccountSecurityView


class DeniedFieldsMixin:
    """Shows the fields that the user may not change as disabled."""

    request: HttpRequest

    def get_form(self, *args: Any, **kwargs: Any) -> ModelForm[User]:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        for name in fields_denied_to(self.request.user):
            if name in form.fields:
                form.fields[name].disabled = True
        return form


class IndexView(users.IndexView):
    def get_edit_url(self, instance: User) -> str | None:
        return super().get_edit_url(instance) if may_change(self.request.user, instance) else None

    def get_copy_url(self, instance: User) -> str | None:
        return super().get_copy_url(instance) if may_change(self.request.user, instance) else None


class CreateView(DeniedFieldsMixin, users.CreateView):
    pass


class CopyView(generic.CopyView):
    """A form filled in with an account; it is sent to the view that adds an account."""

    http_method_names = ["get", "head", "options"]  # POST would change the account that is copied

    def get_object(self, queryset: QuerySet[User] | None = None) -> User:
        account = super().get_object(queryset)
        if not may_change(self.request.user, account):
            raise PermissionDenied
        return account


class EditView(DeniedFieldsMixin, users.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_change(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AssignRole(AssignRoleBulkAction):
    def check_perm(self, obj: User) -> bool:
        return may_change(self.request.user, obj) and "groups" not in fields_denied_to(self.request.user)


class SetActiveState(SetActiveStateBulkAction):
    def check_perm(self, obj: User) -> bool:
        return may_change(self.request.user, obj)


class UserViewSet(users.UserViewSet):
    index_view_class = IndexView
    add_view_class = CreateView
    copy_view_class = CopyView
    edit_view_class = EditView

    def get_urlpatterns(self) -> list[URLPattern]:
        return [*super().get_urlpatterns(), path("<int:pk>/security/", AccountSecurityView.as_view(), name="security")]
