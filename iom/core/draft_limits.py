"""Drafts that only named people may see, and the editors. Publication lifts the limit."""

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
    """Only these people may see a text that is not published, in any language."""

    translation_key = models.UUIDField(unique=True, editable=False)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, verbose_name=_("people"), related_name="+")

    def __str__(self) -> str:
        return str(self.translation_key)


def texts_hidden_from(user: Any) -> frozenset[UUID]:
    """The translation keys of the drafts that the user may not see. Asked once for a loaded user."""
    if not hasattr(user, "hidden_texts"):
        limits = DraftLimit.objects.none() if user.has_perm(ALL_OFFICES) else DraftLimit.objects.all()
        keys = limits.exclude(people=user.pk).values_list("translation_key", flat=True)
        user.hidden_texts = frozenset(keys)
    return user.hidden_texts


def may_see(users: Iterable[Any], translation_key: UUID) -> list[Any]:
    """Those of the users who may see the draft of a text."""
    everybody = list(users)
    limit = DraftLimit.objects.filter(translation_key=translation_key).first() if everybody else None
    if limit is None:
        return everybody
    named = set(limit.people.values_list("pk", flat=True))
    return [user for user in everybody if user.pk in named or user.has_perm(ALL_OFFICES)]


def limit_to(page: Page, people: list[Any]) -> None:
    """Only `people` and the owner of the page see its draft; everybody, where `people` is empty."""
    if not people:
        lift(page)
        return
    limit, _created = DraftLimit.objects.get_or_create(translation_key=page.translation_key)
    limit.people.set({*people, page.owner} - {None})


def lift(page: Page) -> None:
    DraftLimit.objects.filter(translation_key=page.translation_key).delete()


def _lift_at_publication(sender: Any, page: Page, **kwargs: Any) -> None:
    before = gate.page_being_published(page.pk)
    if before is None or not before.live:  # what is public has no limit
        lift(page)


events.published.connect(_lift_at_publication)
