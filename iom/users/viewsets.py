"""Wagtail's views of accounts, with the permissions of `iom.users.policy`."""

from collections.abc import Iterable
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.users.views import users
from wagtail.users.views.bulk_actions import AssignRoleBulkAction, DeleteBulkAction, SetActiveStateBulkAction

from iom.operation.accounts import is_referenced
from iom.users.models import User
from iom.users.policy import fields_denied_to, may_change, policy
from iom.users.sign_in.password_links import set_random_password
from iom.users.sign_in.views import AccountSecurityView, send_link_with_message


def _administers(request: HttpRequest) -> bool:
    """Whether the user administers accounts. Other users are refused anyway, and need not confirm anything."""
    return policy.user_has_any_permission(request.user, {"add", "change", "delete"})


def require_confirmation(view: Any) -> Any:
    """Decorates a view so that administrators have to authenticate again after `ACCOUNT_REAUTHENTICATION_TIMEOUT`.

    Otherwise anybody could change an account at an unattended computer.
    """
    return reauthentication_required(view, enabled=_administers)


class DeniedFieldsMixin:
    """Disables the form fields that the user may not change."""

    request: HttpRequest

    def get_form(self, *args: Any, **kwargs: Any) -> ModelForm[User]:
        form = super().get_form(*args, **kwargs)  # type: ignore[misc]
        for name in fields_denied_to(self.request.user):
            if name in form.fields:
                form.fields[name].disabled = True
        return form


def _roles_of(account: User) -> str:
    return ", ".join(sorted(str(group) for group in account.groups.all()))


class IndexView(users.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        """Shows the roles instead of Wagtail's access level, which is empty for all but superusers."""
        roles = Column("roles", accessor=_roles_of, label=gettext_lazy("Roles"))
        return [roles if column.name == "is_superuser" else column for column in super().columns]

    def get_base_queryset(self) -> QuerySet[User]:
        return super().get_base_queryset().prefetch_related("groups")

    def get_edit_url(self, instance: User) -> str | None:
        return super().get_edit_url(instance) if may_change(self.request.user, instance) else None

    def get_copy_url(self, instance: User) -> str | None:
        return super().get_copy_url(instance) if may_change(self.request.user, instance) else None


@method_decorator(require_confirmation, name="dispatch")
class CreateView(DeniedFieldsMixin, users.CreateView):
    def save_instance(self) -> User:
        set_random_password(self.form.instance)
        return super().save_instance()

    def form_valid(self, form: ModelForm[User]) -> HttpResponse:
        """Sends the new user a link to choose the password."""
        response: HttpResponse = super().form_valid(form)
        send_link_with_message(self.request, self.object)
        return response


class CopyView(generic.CopyView):
    """A form filled in from an account. It is submitted to the view that adds an account."""

    http_method_names = ["get", "head", "options"]  # POST would change the copied account

    def get_object(self, queryset: QuerySet[User] | None = None) -> User:
        account = super().get_object(queryset)
        if not may_change(self.request.user, account):
            raise PermissionDenied
        return account


@method_decorator(require_confirmation, name="dispatch")
class EditView(DeniedFieldsMixin, users.EditView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_change(request.user, self.object):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


@method_decorator(require_confirmation, name="dispatch")
class AssignRole(AssignRoleBulkAction):
    def check_perm(self, obj: User) -> bool:
        return may_change(self.request.user, obj) and "groups" not in fields_denied_to(self.request.user)


@method_decorator(require_confirmation, name="dispatch")
class SetActiveState(SetActiveStateBulkAction):
    def check_perm(self, obj: User) -> bool:
        return may_change(self.request.user, obj)


def _refuse_if_referenced(request: HttpRequest, accounts: Iterable[User]) -> HttpResponse | None:
    """Refuses the deletion: Django would delete comments with their author, and leave pages locked by nobody."""
    names = [str(account) for account in accounts if is_referenced(account)]
    if not names:
        return None
    text = gettext("Nothing was deleted: texts or the history name %(names)s. Deactivate the account.")
    more = gettext("Operators remove the person and keep the texts (manage.py erase_account).")
    messages.error(request, f"{text % {'names': ', '.join(names)}} {more}")
    return redirect("wagtailusers_users:index")


@method_decorator(require_confirmation, name="dispatch")
class DeleteView(users.DeleteView):
    def form_valid(self, form: Any) -> HttpResponse:
        return _refuse_if_referenced(self.request, [self.object]) or super().form_valid(form)


@method_decorator(require_confirmation, name="dispatch")
class Delete(DeleteBulkAction):
    def prepare_action(self, objects: list[User], objects_without_access: Any) -> HttpResponse | None:
        return _refuse_if_referenced(self.request, objects)


class UserViewSet(users.UserViewSet):
    index_view_class = IndexView
    add_view_class = CreateView
    copy_view_class = CopyView
    edit_view_class = EditView
    delete_view_class = DeleteView

    def get_urlpatterns(self) -> list[URLPattern]:
        security = path("<int:pk>/security/", require_confirmation(AccountSecurityView.as_view()), name="security")
        return [*super().get_urlpatterns(), security]
