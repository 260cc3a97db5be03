"""Whom journalists reach in an office: its press contacts, before its general address."""

from collections.abc import Iterable

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils import timezone

from iom.contacts.models import Office, PressContact


def press_contacts() -> QuerySet[PressContact]:
    """Those in post today, press services before persons."""
    in_post = Q(in_post_until__isnull=True) | Q(in_post_until__gte=timezone.localdate())
    rank = Case(When(role=PressContact.Role.MEDIA_UNIT, then=Value(0)), default=Value(1))
    return PressContact.objects.filter(in_post).order_by(rank, "pk")


def with_press_contacts(offices: Iterable[Office]) -> list[tuple[Office, list[PressContact]]]:
    """Each office with those who answer the press there, in one query; none where there is no office."""
    offices = list(offices)
    found = list(press_contacts().filter(office__in=offices)) if offices else []
    return [(office, [contact for contact in found if contact.office_id == office.pk]) for office in offices]
