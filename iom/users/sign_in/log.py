"""Logs the events of accounts in Wagtail's log, which only administrators read (*Reports › Site history*).

The security log of the server has them too, with the address of the client, and the refused requests to the admin.
"""

from collections.abc import Iterable
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.mfa import signals as factors
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import auth
from wagtail.log_actions import LogActionRegistry, LogFormatter, get_active_log_context, log
from wagtail.models import GroupCollectionPermission, GroupPagePermission, ModelLogEntry
from wagtail.models.audit_log import ModelLogEntryManager

from iom import security
from iom.users.models import User
from iom.users.sign_in.notifications import ADDRESS, PASSWORD, notify

ACTIONS = {
    "account.sign_in": _("Signed in"),
    "account.sign_out": _("Signed out"),
    "account.link_asked": _("Link for a new password asked for"),
    "account.link_sent": _("Link for a new password sent by an administrator"),
    "account.wrong_password": _("Wrong password"),
    "account.wrong_code": _("Wrong second factor"),
    "account.factor_added": _("Second factor added"),
    "account.factor_removed": _("Second factor removed"),
    "account.codes_renewed": _("New recovery codes"),
    "account.sessions_ended": _("Sessions ended"),
    "account.changed": _("Password, status or email address changed"),
    "account.groups": _("Groups changed"),
    "account.rights": _("Rights of a group changed"),
}
# Labels of the identifiers in the entries. Groups and rights have names of their own.
FIELD_LABELS = {
    "password": _("password"),
    "totp": _("authenticator app"),
    "webauthn": _("passkey"),
    "recovery_codes": _("recovery code"),
    "socialaccount": _("sign-in of the organization"),
    "email": _("email address"),
    "is_active": _("account active or not"),
    "is_superuser": _("all rights"),
}
WATCHED = ("password", "email", "is_active", "is_superuser")
ADMINISTERING = ("users.add_user", "users.change_user", "users.delete_user")


class ChangeFormatter(LogFormatter):
    """Writes the label of the action, with plus and minus signs for what was added and removed."""

    def format_message(self, log_entry: ModelLogEntry) -> str:
        signs = {"added": "+", "removed": "\N{MINUS SIGN}"}
        changes = [f"{sign} {name}" for key, sign in signs.items() for name in log_entry.data.get(key, [])]
        details = changes + [str(FIELD_LABELS.get(name, name)) for name in log_entry.data.get("fields", [])]
        return f"{self.label} ({', '.join(details)})" if details else str(self.label)


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    for name, label in ACTIONS.items():
        actions.register_action(name)(type("Formatter", (ChangeFormatter,), {"label": label}))


def viewable_entries(self: Any, user: Any) -> QuerySet[ModelLogEntry]:
    """Replaces Wagtail's `ModelLogEntry.objects.viewable_by_user`: only administrators read entries about accounts.

    Wagtail would show them to all who may write originals, because that is a permission on the user model.
    """
    entries = _viewable_by_user(self, user)
    if any(map(user.has_perm, ADMINISTERING)):
        return entries
    return entries.exclude(content_type__in=ContentType.objects.get_for_models(User, Group).values())


_viewable_by_user = ModelLogEntryManager.viewable_by_user
ModelLogEntryManager.viewable_by_user = viewable_entries


def log_event(
    action: str, instance: Model, user: User | None = None, *, data: dict[str, list[str]] | None = None
) -> None:
    """Writes an event of `instance` into both logs. `user` is who did it; by default the user who is signed in."""
    log(instance=instance, action=action, user=user, data=data)
    security.logger.info(action, extra={"of": f"{instance._meta.model_name} {instance.pk}", "changes": data or {}})


@receiver(user_logged_in)
def on_sign_in(user: User, request: HttpRequest | None, **_kwargs: Any) -> None:
    """Logs the sign-in with the authentication methods that were used."""
    records = get_authentication_records(request, user) if request is not None else []
    log_event(
        "account.sign_in", user, user, data={"fields": [record.get("type") or record["method"] for record in records]}
    )


@receiver(user_logged_out)
def on_sign_out(user: User | None, **_kwargs: Any) -> None:
    if user is not None:
        log_event("account.sign_out", user, user)


@receiver(user_login_failed)
def on_wrong_password(credentials: dict[str, Any], **_kwargs: Any) -> None:
    """Names only accounts that exist: a user may have typed the password into the field of the name."""
    name = credentials.get("email") or credentials.get("username") or ""
    if account := User.objects.filter(email__iexact=name).first():
        log_event("account.wrong_password", account)
    else:
        security.logger.info("account.wrong_password")


@receiver(factors.authentication_failed)
def on_wrong_code(user: User, **_kwargs: Any) -> None:
    log_event("account.wrong_code", user)


@receiver(factors.authenticator_added)
def on_factor_added(user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    log_event("account.factor_added", user, user, data={"fields": [authenticator.type]})


@receiver(factors.authenticator_removed)
def on_factor_removed(user: User, authenticator: Authenticator, **_kwargs: Any) -> None:
    log_event("account.factor_removed", user, user, data={"fields": [authenticator.type]})


@receiver(factors.authenticator_reset)
def on_codes_renewed(user: User, **_kwargs: Any) -> None:
    log_event("account.codes_renewed", user, user)


@receiver(pre_save, sender=User)
def on_user_change(instance: User, update_fields: Iterable[str] | None, raw: bool, **_kwargs: Any) -> None:
    names = [name for name in WATCHED if update_fields is None or name in update_fields]
    before = User.objects.filter(pk=instance.pk).values(*names).first() if instance.pk and names and not raw else None
    changed = [name for name, value in (before or {}).items() if getattr(instance, name) != value]
    if changed:
        log_event("account.changed", instance, data={"fields": changed})
    # Django saves a new hash of the same password with `update_fields`.
    if before and instance.is_active and update_fields is None:
        if "password" in changed:
            notify(instance, PASSWORD)
        if "email" in changed:
            notify(instance, ADDRESS, before["email"], instance.email)


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=Group.permissions.through)
def on_group_change(
    sender: type[Model], instance: Model, action: str, pk_set: set[int] | None, model: type[Model], **_kw: Any
) -> None:
    """Logs changes of groups and rights by a user, not by fixtures or commands."""
    change = {"post_add": "added", "post_remove": "removed", "pre_clear": "removed"}.get(action)
    if change and (pk_set or pk_set is None) and get_active_log_context().user:
        linked = [str(row) for row in model._default_manager.filter(pk__in=pk_set or ())]
        name = "account.groups" if sender is User.groups.through else "account.rights"
        log_event(name, instance, data={change: sorted(linked) or ["*"]})


@receiver([post_save, post_delete], sender=GroupPagePermission)
@receiver([post_save, post_delete], sender=GroupCollectionPermission)
def on_page_permission(
    instance: GroupPagePermission | GroupCollectionPermission, raw: bool = False, created: bool = False, **_kw: Any
) -> None:
    if not raw and get_active_log_context().user:
        change = "added" if created else "removed"
        # The key, not the title: some readers of the log may not know of the page.
        target = getattr(instance, "page_id", None) or getattr(instance, "collection_id", None)
        right = f"{instance.permission.codename} ({target})"
        log_event("account.rights", instance.group, data={change: [right]})


_permission_denied = auth.permission_denied


def _log_permission_denied(request: HttpRequest) -> HttpResponse:
    """Logs the refusal, and returns Wagtail's response, a redirect to the home page of the admin."""
    security.logger.info("Refused in the admin: %s", request.path)
    return _permission_denied(request)


auth.permission_denied = _log_permission_denied
