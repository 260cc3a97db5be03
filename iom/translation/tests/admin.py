"""Addresses of the admin's pages, and what they say, for tests that press their buttons."""

from django.contrib.messages import get_messages
from django.urls import reverse


def url(action, page, *more):
    return reverse(f"wagtailadmin_pages:{action}", args=[page.pk, *[each.pk for each in more]])


def bulk(action, *pages):
    chosen = "&".join(f"id={page.pk}" for page in pages)
    return reverse("wagtail_bulk_action", args=["wagtailcore", "page", action]) + f"?{chosen}&next=/fr/admin/"


def said(answer):
    return " ".join(str(message) for message in get_messages(answer.wsgi_request))
