"""What is stored about a person who has an account, and its removal.

The models are walked: a relation to the user that is added later is exported, and erased or kept as its `on_delete`
says. Rows that Django would delete with the user are the person's; all others are texts and history of the
institution, which go on referring to an account without a name.
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

from iom.characters import change_texts

SECRETS = {"password", "key", "token", "token_hash", "key_hash", "digest", "session_key"}
SECRETS_OF = {"mfa.authenticator": {"data"}, "publishing.deletedpage": {"rows"}}
# Django would delete them with the user, but they belong to the text that they are about.
_TEXTS = (Comment, CommentReply)
# What is lost or blocked when somebody leaves: the model, the field, and what it is, in the plural.
_WORK = (
    ("wagtailcore.Page", "locked_by", "locked pages"),
    ("translation.TranslationState", "claimed_by", "claimed translations"),
)
# What goes to the successor as well, so that letters and buttons reach somebody.
_ALSO_HANDED_OVER = (
    ("wagtailcore.Page", "owner"),
    ("translation.JointPublication", "requested_by"),
    ("aboutus.PageReview", "responsible"),
)

Relation = tuple[type[Model], Field]


class AccountError(CommandError):
    """Why an account cannot be exported or erased."""


def find(email: str) -> Any:
    """The user, whatever the case of the address. Raises AccountError."""
    users = get_user_model()
    try:
        return users._default_manager.get_by_natural_key(email)
    except users.DoesNotExist as error:
        raise AccountError(f"There is no account {email}.") from error


def relations() -> Iterator[Relation]:
    """Each field by which a table refers to the user."""
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
    """Whether its rows are the person's own."""
    model, field = relation
    on_delete = getattr(field.remote_field, "on_delete", None)
    return on_delete is models.CASCADE and not issubclass(model, _TEXTS)


def _sessions(user: Any) -> list[Session]:
    return [one for one in Session.objects.all() if one.get_decoded().get("_auth_user_id") == str(user.pk)]


def _logs() -> list[type[BaseLogEntry]]:
    return [model for model in apps.get_models() if issubclass(model, BaseLogEntry)]


def _about(user: Any) -> Iterator[QuerySet[BaseLogEntry]]:
    """Of each log, the entries about the account."""
    kind = {"content_type__app_label": user._meta.app_label, "content_type__model": user._meta.model_name}
    for model in _logs():
        if any(field.name == "object_id" for field in model._meta.fields):
            yield model._base_manager.filter(object_id=str(user.pk), **kind)


def export(user: Any) -> dict[str, Any]:
    """All that is stored about the person, without what would let somebody sign in."""
    found = {"account": _told([user]), "log": [entry for rows in _about(user) for entry in _told(rows)]}
    found["named in the log"] = list(_mentions(user))
    for model, field in relations():
        if told := _told(_rows((model, field), user)):
            found[f"{model._meta.label}.{field.name}"] = told
    found["sessions"] = [{"until": session.expire_date} for session in _sessions(user)]
    return found


def _told(rows: Any) -> list[dict[str, Any]]:
    told = serializers.serialize("python", rows)
    for row in told:
        secret = SECRETS | SECRETS_OF.get(row["model"], set())
        row["fields"] = {name: value for name, value in row["fields"].items() if name not in secret}
    return told


def _mentions(user: Any) -> Iterator[dict[str, Any]]:
    """Of entries by others about something else: the texts with the name or the address, each as a whole."""
    texts = _personal_texts(user)
    alone = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, texts))})(?!\w)", re.IGNORECASE)
    about = {entries.model: entries.values("pk") for entries in _about(user)}
    for entries in _naming(texts):
        entry: Any
        for entry in entries.exclude(user=user).exclude(pk__in=about.get(entries.model, ())).order_by("timestamp"):
            if said := [text for text in _texts_in([entry.label, entry.data]) if alone.search(text)]:
                yield {"at": entry.timestamp, "action": entry.action, "said": said}


def _texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts_in(one)


def has_worked(user: Any) -> bool:
    """Whether texts or the history refer to the account: what Django would delete or leave without a name."""
    return any(_rows(relation, user).exists() for relation in relations() if not is_personal(relation))


@transaction.atomic
def erase(user: Any, successor: Any = None) -> None:
    """Leaves an account that nobody can use, with a name that says nothing, and what belongs to the institution.

    Raises AccountError where work would be lost, unless a successor takes it.
    """
    users = get_user_model()._default_manager
    user = users.select_for_update().get(pk=user.pk)
    administrators = set(_administrators())
    if administrators == {user}:
        raise AccountError("This is the last administrator.")
    if successor and (successor.pk == user.pk or not successor.is_active):
        raise AccountError("The work has to go to another account, which is active.")
    _hand_over(user, successor)
    texts = _personal_texts(user)
    for relation in relations():
        if is_personal(relation):
            _delete(_rows(relation, user))
    for session in _sessions(user):
        session.delete()
    for entries in _about(user):
        entries.update(label=_neutral_name(), data={})
    _clean_logs(texts)
    _make_neutral(user)


def _administrators() -> QuerySet[Any]:
    """Who may change accounts."""
    user = get_user_model()._meta
    return ModelBackend().with_perm(f"{user.app_label}.change_{user.model_name}")


def _hand_over(user: Any, successor: Any) -> None:
    for label, name, what in _WORK:
        model = apps.get_model(label)
        work = model._base_manager.filter(**{name: user})
        if successor:
            work.update(**{name: successor})
        elif count := work.count():
            raise AccountError(f"There are {what} of this account ({count}): name a successor (--hand-over-to).")
    if successor:
        for label, name in _ALSO_HANDED_OVER:
            apps.get_model(label)._base_manager.filter(**{name: user}).update(**{name: successor})
        limit: Any
        for limit in apps.get_model("core.DraftLimit")._base_manager.filter(people=user):
            limit.people.add(successor)  # who could not see the drafts otherwise


def _delete(rows: QuerySet[Model]) -> None:
    """With their files, once that is certain."""
    for field in rows.model._meta.local_concrete_fields:
        if isinstance(field, models.FileField):
            for name in rows.exclude(**{field.name: ""}).values_list(field.name, flat=True):
                if name:
                    transaction.on_commit(partial(field.storage.delete, name))
    rows.delete()


def _personal_texts(user: Any) -> list[str]:
    """What would name the person in a text: the longest first."""
    return sorted({text for text in (user.email, user.get_full_name()) if text}, key=len, reverse=True)


def _naming(texts: list[str]) -> Iterator[QuerySet[BaseLogEntry]]:
    """Of each log, the entries with one of the texts: titles and messages are kept as they were."""
    named = models.Q(pk__in=[])
    for text in texts:
        named |= models.Q(label__icontains=text) | models.Q(data__icontains=text)
        named |= models.Q(data__icontains=json.dumps(text)[1:-1])  # as SQLite keeps it
    for model in _logs():
        yield model._base_manager.filter(named)


def _clean_logs(texts: list[str]) -> None:
    entry: Any
    for entries in _naming(texts):
        for entry in entries:
            label, data = change_texts([entry.label, entry.data], lambda said: _without(said, texts))
            entries.model._base_manager.filter(pk=entry.pk).update(label=label, data=data)


def _without(said: str, texts: list[str]) -> str:
    for text in texts:
        said = said.replace(text, _neutral_name())
    return said


def _neutral_name() -> str:
    return gettext("Former member of staff")


def _make_neutral(user: Any) -> None:
    user.email = f"former-{user.pk}@account.invalid"
    user.first_name, user.last_name = "", _neutral_name()
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login, user.date_joined = None, timezone.now()
    user.set_unusable_password()
    user.save()
