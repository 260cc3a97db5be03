"""Attempts to withdraw a text and to restore it, for the table of roles (iom/editorial/tests/matrix.py)."""

from django.urls import reverse

from iom.withdrawal import withdrawing
from newsroom.models import NewsArticle


def withdraw(client, page, state):
    said = {"kind": "public", "reason_fr": "Faux.", "reason_en": "Wrong."}
    client.post(reverse("withdrawal_withdraw", args=[page.pk]), said)
    return not _is_live(page)


def restore(client, page, state):
    withdrawing.withdraw(page, None, "public", {})
    client.post(reverse("withdrawal_restore", args=[page.pk]))
    return _is_live(page)


def _is_live(page):
    return NewsArticle.objects.get(pk=page.pk).live
