"""Exports and erases the personal data of a user.

All models are inspected, so a relation to the user that is added later is exported too, and erased or kept according
to its `on_delete`. Rows that Django would delete with the user are personal data. All other rows are texts and history
of the institution, and keep their reference to the account, which has no name any more.
"""

import json
import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.models import Session
from django.core import serializers
from django.core.management.base import CommandError
from django.db import models, transaction
from django.db.models import Field, Model, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from wagtail.models import BaseLogEntry, Comment, CommentReply

from iom.characters import map_texts, texts_in

SECRETS = {"password", "key", "token", "token_hash", "key_hash", "digest", "session_key"}
SECRETS_BY_MODEL = {"mfa.authenticator": {"data"}, "publishing.deletedpage": {"rows"}}
# Django would delete them with the user, but they belong to the text that they are about.
_TEXTS = (Comment, CommentReply)
# Work that is blocked when a user leaves: model, field, and a name in the plural.
_WORK = (
    ("wagtailcore.Page", "locked_by", "locked pages"),
    ("translation.TranslationState", "claimed_by", "claimed translations"),
)
# These also go to the successor, so that emails and buttons reach an active user.
_ALSO_HANDED_OVER = (
    ("wagtailcore.Page", "owner"),
    ("translation.JointPublication", "requested_by"),
    ("aboutus.PageReview", "responsible"),
)

Relation = tuple[type[Model], Field]


class AccountError(CommandError):
    """An account cannot be exported or erased; the message says why."""


def get_account(email: str) -> Any:
    """Returns the user with an email address, whatever its case. Raises AccountError where there is none."""
    users = get_user_model()
    try:
        return users._default_manager.get_by_natural_key(email)
    except users.DoesNotExist as error:
        raise AccountError(f"There is no account {email}.") from error


def user_relations() -> Iterator[Relation]:
    """Yields each field that refers to the user model."""
    user = get_user_model()
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.proxy and model._meta.managed:
            for field in model._meta.local_concrete_fields:
                if field.related_model is user:
                    yield model, field


def _rows(relation: Relation, user: Any) -> QuerySet[Model]:
    model, field = relation
    return model._base_manager.filter(**{field.name: user})


def is_personal(relation: Relation) -> bool:
    """Whether the rows of a relation are personal data of the user."""
    model, field = relation
    on_delete = getattr(field.remote_field, "on_delete", None)
    return on_delete is models.CASCADE and not issubclass(model, _TEXTS)


def _sessions(user: Any) -> list[Session]:
    return [session for session in Session.objects.all() if session.get_decoded().get("_auth_user_id") == str(user.pk)]


def _log_models() -> list[type[BaseLogEntry]]:
    return [model for model in apps.get_models() if issubclass(model, BaseLogEntry)]


def _entries_about(user: Any) -> Iterator[QuerySet[BaseLogEntry]]:
    """Yields the entries about the account, one queryset for each log."""
    kind = {"content_type__app_label": user._meta.app_label, "content_type__model": user._meta.model_name}
    for model in _log_models():
        if any(field.name == "object_id" for field in model._meta.fields):
            yield model._base_manager.filter(object_id=str(user.pk), **kind)


def export(user: Any) -> dict[str, Any]:
    """Returns all personal data of a user, without secrets that would let somebody sign in."""
    found = {
        "account": _serialize([user]),
        "log": [entry for rows in _entries_about(user) for entry in _serialize(rows)],
    }
    found["named in the log"] = list(_mentions(user))
    for model, field in user_relations():
        if rows := _serialize(_rows((model, field), user)):
            found[f"{model._meta.label}.{field.name}"] = rows
    found["sessions"] = [{"until": session.expire_date} for session in _sessions(user)]
    return found


def _serialize(rows: Any) -> list[dict[str, Any]]:
    serialized = serializers.serialize("python", rows)
    for row in serialized:
        secret = SECRETS | SECRETS_BY_MODEL.get(row["model"], set())
        row["fields"] = {name: value for name, value in row["fields"].items() if name not in secret}
    return serialized


def _mentions(user: Any) -> Iterator[dict[str, Any]]:
    """Yields the texts with the user's name or email address in log entries by others about other objects."""
    texts = _personal_texts(user)
    whole_word = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, texts))})(?!\w)", re.IGNORECASE)
    about = {entries.model: entries.values("pk") for entries in _entries_about(user)}
    for entries in _entries_with(texts):
        entry: Any
        for entry in entries.exclude(user=user).exclude(pk__in=about.get(entries.model, ())).order_by("timestamp"):
            if found := [text for text in texts_in([entry.label, entry.data]) if whole_word.search(text)]:
                yield {"at": entry.timestamp, "action": entry.action, "said": found}


def is_referenced(user: Any) -> bool:
    """Whether texts or the history refer to the account. Django would delete them or remove the reference."""
    return any(_rows(relation, user).exists() for relation in user_relations() if not is_personal(relation))


@transaction.atomic
def erase(user: Any, successor: Any = None) -> None:
    """Deletes the personal data of a user and anonymizes the account, which nobody can use any more.

    Texts and history of the institution are kept. Open work goes to the successor. Raises AccountError for the last
    administrator, and where there is open work but no successor.
    """
    users = get_user_model()._default_manager
    user = users.select_for_update().get(pk=user.pk)
    administrators = set(_administrators())
    if administrators == {user}:
        raise AccountError("This is the last administrator.")
    if successor and (successor.pk == user.pk or not successor.is_active):
        raise AccountError("The work has to go to another account that is active.")
    _hand_over(user, successor)
    texts = _personal_texts(user)
    for relation in user_relations():
        if is_personal(relation):
            _delete_with_files(_rows(relation, user))
    for session in _sessions(user):
        session.delete()
    for entries in _entries_about(user):
        entries.update(label=_neutral_name(), data={})
    _anonymize_logs(texts)
    _anonymize_account(user)


def _administrators() -> QuerySet[Any]:
    """The users who may change accounts."""
    user = get_user_model()._meta
    return ModelBackend().with_perm(f"{user.app_label}.change_{user.model_name}")


def _hand_over(user: Any, successor: Any) -> None:
    for label, name, what in _WORK:
        model = apps.get_model(label)
        work = model._base_manager.filter(**{name: user})
        if successor:
            work.update(**{name: successor})
        elif count := work.count():
            raise AccountError(f"The account has {what} ({count}). Name the account that takes over: --hand-over-to.")
    if successor:
        for label, name in _ALSO_HANDED_OVER:
            apps.get_model(label)._base_manager.filter(**{name: user}).update(**{name: successor})
        limit: Any
        for limit in apps.get_model("core.DraftLimit")._base_manager.filter(people=user):
            limit.people.add(successor)  # without it, the successor could not see the drafts


def _delete_with_files(rows: QuerySet[Model]) -> None:
    """Deletes rows, and their files once the transaction is committed."""
    for field in rows.model._meta.local_concrete_fields:
        if isinstance(field, models.FileField):
            for name in rows.exclude(**{field.name: ""}).values_list(field.name, flat=True):
                if name:
                    transaction.on_commit(partial(field.storage.delete, name))
    rows.delete()


def _personal_texts(user: Any) -> list[str]:
    """Returns the email address and the full name, the longest first."""
    return sorted({text for text in (user.email, user.get_full_name()) if text}, key=len, reverse=True)


def _entries_with(texts: list[str]) -> Iterator[QuerySet[BaseLogEntry]]:
    """Yields the entries that contain one of the texts, one queryset for each log."""
    condition = models.Q(pk__in=[])
    for text in texts:
        condition |= models.Q(label__icontains=text) | models.Q(data__icontains=text)
        condition |= models.Q(data__icontains=json.dumps(text)[1:-1])  # SQLite stores JSON escaped
    for model in _log_models():
        yield model._base_manager.filter(condition)


def _anonymize_logs(texts: list[str]) -> None:
    entry: Any
    for entries in _entries_with(texts):
        for entry in entries:
            label, data = map_texts([entry.label, entry.data], lambda text: _replace_names(text, texts))
            entries.model._base_manager.filter(pk=entry.pk).update(label=label, data=data)


def _replace_names(text: str, names: list[str]) -> str:
    for name in names:
        text = text.replace(name, _neutral_name())
    return text


def _neutral_name() -> str:
    return gettext("Former member of staff")


def _anonymize_account(user: Any) -> None:
    user.email = f"former-{user.pk}@account.invalid"
    user.first_name, user.last_name = "", _neutral_name()
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login, user.date_joined = None, timezone.now()
    user.set_unusable_password()
    user.save()
