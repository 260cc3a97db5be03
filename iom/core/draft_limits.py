"""Drafts that only named people and the editors may see. Publication removes the limit."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from iom.contacts.policy import ALL_OFFICES
from iom.publishing import events, gate


class DraftLimit(models.Model):
    """The people who may see an unpublished text, in all its languages."""

    translation_key = models.UUIDField(unique=True, editable=False)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, verbose_name=_("people"), related_name="+")

    def __str__(self) -> str:
        return str(self.translation_key)


def texts_hidden_from(user: Any) -> frozenset[UUID]:
    """Returns the translation keys of the drafts that the user may not see. Cached on the user."""
    if not hasattr(user, "hidden_texts"):
        limits = DraftLimit.objects.none() if user.has_perm(ALL_OFFICES) else DraftLimit.objects.all()
        keys = limits.exclude(people=user.pk).values_list("translation_key", flat=True)
        user.hidden_texts = frozenset(keys)
    return user.hidden_texts


def users_allowed_to_see(users: Iterable[Any], translation_key: UUID) -> list[Any]:
    """Returns those of the users who may see the draft of a text."""
    users = list(users)
    limit = DraftLimit.objects.filter(translation_key=translation_key).first() if users else None
    if limit is None:
        return users
    allowed = set(limit.people.values_list("pk", flat=True))
    return [user for user in users if user.pk in allowed or user.has_perm(ALL_OFFICES)]


def limit_to(page: Page, people: list[Any]) -> None:
    """Limits the draft to `people` and the owner of the page. Removes the limit if `people` is empty."""
    if not people:
        remove_limit(page)
        return
    limit, _created = DraftLimit.objects.get_or_create(translation_key=page.translation_key)
    limit.people.set({*people, page.owner} - {None})


def remove_limit(page: Page) -> None:
    DraftLimit.objects.filter(translation_key=page.translation_key).delete()


def _remove_limit_at_publication(sender: Any, page: Page, **kwargs: Any) -> None:
    before = gate.page_being_published(page.pk)
    if before is None or not before.live:  # a page that was public had no limit
        remove_limit(page)


events.published.connect(_remove_limit_at_publication)
